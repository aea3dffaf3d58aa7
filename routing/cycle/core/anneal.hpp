// Ruin and recreate with annealing: take some customers off all their days, put each back in the
// cheapest way, keep what is better or, while it is hot, not much worse.
#pragma once

#include "schedule.hpp"

namespace callcycle {

constexpr i32 AVERAGE_REMOVED = 16;
constexpr i32 LONGEST_STRING = 10;
constexpr i32 ABSENT_TRIED = 8;  // of the customers without a place, so many at a time

// How far the search may go, and whom it tells. Asked now and then: (steps done, best cost) →
// steps in all from now on; no more than are done stops the search.
struct Watch {
  i64 bound = 0;  // steps in all
  i64 (*ask)(i64 steps, i64 cost) = nullptr;
  i64 every = 0, next = 0, best = NO_WAY;

  bool go_on(i64 steps, i64 cost) {
    best = smaller(best, cost);
    if (ask && steps >= next) {
      next = steps + every;
      bound = smaller(bound, ask(steps, best));
    }
    return steps < bound;
  }
};

// -ln(u) for u in (0, 1], in 1024ths: what a uniform number allows in multiples of the temperature.
class Tolerance {
 public:
  Tolerance() {
    // ln(1024 / n) by whole numbers: the logarithm to base 2 by squaring, times ln 2.
    for (i32 n = 0; n < 1024; ++n) {
      u64 x = (u64(2 * n + 1) << 31) / 2;  // u in units of 2^-41
      i64 log2 = 0;
      i32 top = 63 - __builtin_clzll(x);
      log2 = i64(41 - top) << 16;
      u64 mantissa = top >= 31 ? x >> (top - 31) : x << (31 - top);  // in [2^31, 2^32)
      for (i32 bit = 15; bit >= 0; --bit) {
        mantissa = (mantissa * mantissa) >> 31;
        if (mantissa >> 32) {
          mantissa >>= 1;
          log2 -= i64(1) << bit;
        }
      }
      table_[n] = i32((log2 * 45426) >> 22);  // ln 2 = 45426 / 2^16, and 2^-6 to 1024ths
    }
  }
  i64 times(i64 temperature, Random& random) const {
    return (temperature * table_[random.next() >> 22]) >> 10;
  }

 private:
  i32 table_[1024];
};

struct Annealing {
  i64 steps;         // how much work
  i64 hot, cold;     // first and last temperature, in 256ths of a second
};

class Search {
 public:
  Search(const Instance& in, Random& random, Watch& watch)
      : in_(in), random_(random), watch_(watch), schedule(in, random), out_(in.families),
        ruined_(in.slots), hardships_(in.families) {
    for (i32 family = 0; family < in.families; ++family)
      if (has_days(family)) movable_.push(family);
    note_windows();
  }

  // Improve the schedule for so much work; `best` receives the best one seen.
  void anneal(const Annealing& plan, Plan& best) {
    schedule.begin();
    schedule.store(best);
    if (movable_.empty()) return;
    const i64 start = schedule.steps;
    i64 temperature = plan.hot, next_cooling = 0;
    while (schedule.steps - start < plan.steps && watch_.go_on(schedule.steps, best.cost)) {
      ++rounds;
      ++schedule.steps;  // a round that found nothing to do is work, too
      if (schedule.steps - start >= next_cooling) {
        temperature = cooled(plan, schedule.steps - start);
        next_cooling += plan.steps / 128 + 1;
      }
      const i64 before = schedule.cost();
      const i64 limit = before + (tolerance_.times(temperature, random_) >> 8);
      schedule.begin();
      choose();
      const i64 missing = hardship();
      if (missing) absent_before_ = schedule.absent();
      if (!schedule.remove(removed_) || !recreate(missing ? NO_WAY : limit) ||
          (schedule.cost() >= limit && !eases(missing))) {
        schedule.take_back();
        continue;
      }
      if (schedule.cost() < best.cost) schedule.store(best);
    }
  }

  i64 bound() const { return watch_.bound; }  // steps in all; may shrink while searching
  bool can_move() const { return !movable_.empty(); }

  // Put everybody on some day.
  void fill() {
    schedule.begin();
    forget();
    for (i32 family : schedule.absent()) take(family);
    schedule.remove(removed_);
    arrange();
    recreate(NO_WAY);
    schedule.begin();
  }

 private:
  const Instance& in_;
  Random& random_;
  Watch& watch_;

 public:
  Schedule schedule;
  i64 rounds = 0;

 private:
  Tolerance tolerance_;
  Array<i32> out_, removed_, movable_, ruined_;

  // By when in a day each family must be visited, and for how long it may be.
  void note_windows() {
    due_.resize(in_.families, NEVER);
    open_.resize(in_.families, NEVER);
    for (i32 o = 0; o < in_.group_options[in_.job_groups[in_.jobs]]; ++o) {
      const i32 family = in_.job_family[in_.option_job[o]];
      i32 open_s = 0;
      for (i32 w = in_.option_windows[o]; w < in_.option_windows[o + 1]; ++w)
        open_s += in_.window_last_s[w] - in_.window_first_s[w];
      due_[family] = smaller(due_[family], in_.window_last_s[in_.option_windows[o + 1] - 1]);
      open_[family] = smaller(open_[family], open_s);
    }
  }

  bool has_days(i32 family) const {
    return in_.job_groups[in_.family_jobs[family + 1]] > in_.job_groups[in_.family_jobs[family]];
  }

  // How often the customers without a place were without one before; 0: everybody has a place, or
  // too many have none for trading places to help.
  i64 hardship() const {
    const Array<i32>& absent = schedule.absent();
    if (absent.size() > ABSENT_TRIED) return 0;
    i64 sum = 0;
    for (i32 family : absent) sum += 1 + hardships_[family];
    return sum;
  }

  // Whether those who have no place now are easier to find one for, and cost no more to miss.
  bool eases(i64 before) {
    if (!before) return false;
    const i64 after = hardship();
    i64 missed = 0, missed_before = 0;
    for (i32 family : schedule.absent()) {
      missed += in_.job_missed[in_.family_jobs[family]];
      ++hardships_[family];
    }
    for (i32 family : absent_before_) missed_before += in_.job_missed[in_.family_jobs[family]];
    return after < before && missed <= missed_before;
  }

  // Geometric cooling by halving: straight lines between hot / 2^n.
  static i64 cooled(const Annealing& plan, i64 done) {
    i32 halvings = 0;
    while ((plan.hot >> (halvings + 1)) >= larger<i64>(plan.cold, 1)) ++halvings;
    if (!halvings) return plan.hot;
    const i64 share = plan.steps / halvings + 1, whole = done / share, part = done % share;
    const i64 from = plan.hot >> whole;
    return from - from / 2 * part / share;
  }

  void forget() {
    for (i32 family : removed_) out_[family] = 0;
    removed_.clear();
  }

  void take(i32 family) {
    if (out_[family]) return;
    out_[family] = 1;
    removed_.push(family);
  }

  i32 some_slot(i32 family) {
    const i32 first = in_.family_jobs[family], count = in_.visits_of(family);
    for (i32 tries = 0, k = random_.below(count); tries < count; ++tries, ++k)
      if (schedule.slot_of(first + k % count) != NONE) return schedule.slot_of(first + k % count);
    return NONE;
  }

  void choose() {
    forget();
    const Array<i32>& absent = schedule.absent();
    i32 seed = movable_[random_.below(movable_.size())];
    if (!absent.empty()) {
      if (random_.below(2)) seed = absent[random_.below(absent.size())];
      const i32 tried = smaller(absent.size(), ABSENT_TRIED);
      const i32 from = random_.below(absent.size());
      for (i32 n = 0; n < tried; ++n) take(absent[(from + n) % absent.size()]);
    }
    const i32 kind = random_.below(16);
    if (kind < 8) strings(seed);
    else if (kind < 11) radial(seed);
    else if (kind < 13) days(seed);
    else two_blocks(seed);
    arrange();
  }

  i32 how_many() { return 1 + random_.below(2 * AVERAGE_REMOVED - 1); }

  // Neighbouring stretches of several days around one customer (slack induction by string
  // removals, Christiaens and Vanden Berghe 2020).
  void strings(i32 seed) {
    const i32 longest = 1 + random_.below(LONGEST_STRING);
    i32 left = larger(1, how_many() * 2 / (1 + longest));
    for (i32 slot : slots_hit_) ruined_[slot] = 0;
    slots_hit_.clear();
    for (i32 n = -1; n < in_.near_count && left > 0; ++n) {
      const i32 family = n < 0 ? seed : in_.near[i64(seed) * in_.near_count + n];
      if (out_[family] && n >= 0) continue;
      const i32 slot = some_slot(family);
      if (slot == NONE) {
        take(family);
        continue;
      }
      if (ruined_[slot]) continue;
      ruined_[slot] = 1;
      slots_hit_.push(slot);
      string_of(slot, family, longest);
      --left;
    }
  }

  void string_of(i32 slot, i32 family, i32 longest) {
    const Route& route = schedule.route(slot);
    i32 at = 0;
    while (in_.job_family[in_.option_job[route.options[at]]] != family) ++at;
    const i32 length = smaller(1 + random_.below(longest), route.size());
    i32 kept = 0;  // a split string keeps a stretch in its middle
    if (length > 1 && length < route.size() && random_.below(2))
      kept = 1 + random_.below(smaller(3, route.size() - length));
    const i32 span = length + kept;
    const i32 lowest = larger(0, at - span + 1), highest = smaller(at, route.size() - span);
    const i32 from = lowest + random_.below(highest - lowest + 1);
    const i32 keep_from = from + 1 + (length > 1 ? random_.below(length - 1) : 0);
    for (i32 n = from; n < from + span; ++n)
      if (!kept || n < keep_from || n >= keep_from + kept)
        take(in_.job_family[in_.option_job[route.options[n]]]);
    take(family);
  }

  void radial(i32 seed) {
    take(seed);
    const i32 count = smaller(how_many(), in_.near_count);
    for (i32 n = 0; n < count; ++n) take(in_.near[i64(seed) * in_.near_count + n]);
  }

  void whole(i32 slot) {
    for (i32 option : schedule.route(slot).options) take(in_.job_family[in_.option_job[option]]);
  }

  // One day, or two that are near to each other.
  void days(i32 seed) {
    const i32 slot = some_slot(seed);
    if (slot == NONE) return radial(seed);
    whole(slot);
    if (removed_.size() >= 2 * AVERAGE_REMOVED || random_.below(2)) return;
    for (i32 n = 0; n < in_.near_count; ++n) {
      const i32 other = some_slot(in_.near[i64(seed) * in_.near_count + n]);
      if (other == NONE || other == slot) continue;
      whole(other);
      return;
    }
  }

  i32 block_of(i32 family) {
    const i32 slot = some_slot(family);
    return slot == NONE ? NONE : in_.slot_block[slot];
  }

  // The nearest customers that are in the seed's block or in one other that is near.
  void two_blocks(i32 seed) {
    take(seed);
    const i32 own = block_of(seed);
    i32 other = NONE, left = how_many();
    for (i32 n = 0; n < in_.near_count && left > 0; ++n) {
      const i32 family = in_.near[i64(seed) * in_.near_count + n], block = block_of(family);
      if (block == NONE) continue;
      if (block != own && other == NONE && random_.below(2)) other = block;
      if (block != own && block != other) continue;
      take(family);
      --left;
    }
  }

  // In which order the customers are put back.
  void arrange() {
    for (i32 n = removed_.size() - 1; n > 0; --n) {
      const i32 m = random_.below(n + 1), swapped = removed_[n];
      removed_[n] = removed_[m];
      removed_[m] = swapped;
    }
    const Instance& in = in_;
    auto missed = [&in](i32 family) { return -in.job_missed[in.family_jobs[family]]; };
    auto busy = [&in](i32 family) {
      return -i64(in.visits_of(family)) * in.job_service_s[in.family_jobs[family]];
    };
    auto choices = [&in](i32 family) {
      return i64(in.job_groups[in.family_jobs[family] + 1] - in.job_groups[in.family_jobs[family]]);
    };
    auto far = [&in](i32 family) { return -i64(in.family_far[family]); };
    switch (random_.below(12)) {
      case 0: case 1: case 2: sort_by(removed_, busy); break;
      case 3: sort_by(removed_, choices); break;
      case 4: sort_by(removed_, [this](i32 family) { return due_[family]; }); break;
      case 5: sort_by(removed_, [this](i32 family) { return open_[family]; }); break;
      case 6: sort_by(removed_, far); break;
      case 7: sort_by(removed_, [&far](i32 family) { return -far(family); }); break;
      default: break;
    }
    if (!schedule.absent().empty() && random_.below(4)) sort_by(removed_, missed);
  }

  bool recreate(i64 limit) {
    for (i32 family : removed_) {
      schedule.place(family);
      if (schedule.cost() - schedule.uneven() >= limit) return false;
    }
    return true;
  }

  Array<i32> slots_hit_, absent_before_;
  Array<i64> hardships_;
  Array<i32> due_, open_;
};

}  // namespace callcycle
