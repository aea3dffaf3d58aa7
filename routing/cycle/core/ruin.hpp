// Whom a round of the search takes off their days, and in which order they are put back.
#pragma once

#include "schedule.hpp"

namespace callcycle {

constexpr i32 AVERAGE_REMOVED = 16;
constexpr i32 LONGEST_STRING = 10;
constexpr i32 ABSENT_TRIED = 8;  // of the customers without a place, so many at a time

class Ruin {
 public:
  Ruin(const Schedule& schedule, Random& random)
      : in_(schedule.instance()), schedule_(schedule), random_(random), out_(in_.families),
        ruined_(in_.slots) {
    for (i32 family = 0; family < in_.families; ++family)
      if (has_days(family)) movable_.push(family);
    note_windows();
  }
  Ruin(const Ruin&) = delete;
  Ruin& operator=(const Ruin&) = delete;

  bool can_move() const { return !movable_.empty(); }  // whether there are some to ask for

  // Some customers that are near each other, and some of those without a place.
  const Array<i32>& some() {
    forget();
    i32 seed = movable_[random_.below(movable_.size())];
    const Array<i32>& absent = schedule_.absent();
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
    return arranged();
  }

  // All customers without a place.
  const Array<i32>& absent() {
    forget();
    for (i32 family : schedule_.absent()) take(family);
    return arranged();
  }

 private:
  const Instance& in_;
  const Schedule& schedule_;
  Random& random_;
  Array<i32> movable_;              // families that have a day at all
  Array<i32> removed_, out_;        // the chosen ones, and for each family whether it is one
  Array<i32> slots_hit_, ruined_;   // days with a string, and for each slot whether it is one
  Array<i32> due_, open_;           // of each family

  bool has_days(i32 family) const {
    return in_.job_groups[in_.family_jobs[family + 1]] > in_.job_groups[in_.family_jobs[family]];
  }

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
      if (schedule_.slot_of(first + k % count) != NONE) return schedule_.slot_of(first + k % count);
    return NONE;
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
    const Route& route = schedule_.route(slot);
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
    for (i32 option : schedule_.route(slot).options) take(in_.job_family[in_.option_job[option]]);
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

  const Array<i32>& arranged() {
    shuffle();
    auto missed = [this](i32 family) { return -in_.job_missed[in_.family_jobs[family]]; };
    auto busy = [this](i32 family) {
      return -i64(in_.visits_of(family)) * in_.job_service_s[in_.family_jobs[family]];
    };
    auto choices = [this](i32 family) {
      const i32 job = in_.family_jobs[family];
      return in_.job_groups[job + 1] - in_.job_groups[job];
    };
    switch (random_.below(12)) {
      case 0: case 1: case 2: sort_by(removed_, busy); break;
      case 3: sort_by(removed_, choices); break;
      case 4: sort_by(removed_, [this](i32 family) { return due_[family]; }); break;
      case 5: sort_by(removed_, [this](i32 family) { return open_[family]; }); break;
      case 6: sort_by(removed_, [this](i32 family) { return -in_.family_far[family]; }); break;
      case 7: sort_by(removed_, [this](i32 family) { return in_.family_far[family]; }); break;
      default: break;
    }
    if (!schedule_.absent().empty() && random_.below(4)) sort_by(removed_, missed);
    return removed_;
  }

  void shuffle() {
    for (i32 n = removed_.size() - 1; n > 0; --n) {
      const i32 m = random_.below(n + 1), swapped = removed_[n];
      removed_[n] = removed_[m];
      removed_[m] = swapped;
    }
  }
};

}  // namespace callcycle
