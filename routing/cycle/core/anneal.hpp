// Ruin and recreate with annealing: take some customers off all their days, put each back in the
// cheapest way, keep what is better or, while it is hot, not much worse.
#pragma once

#include "placing.hpp"
#include "ruin.hpp"

namespace callcycle {

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
      : schedule(in), in_(in), random_(random), watch_(watch), placing_(schedule, random),
        ruin_(schedule, random), hardships_(in.families) {}

  Schedule schedule;
  i64 rounds = 0;

  // Improve the schedule for so much work; `best` receives the best one seen.
  void anneal(const Annealing& plan, Plan& best) {
    schedule.begin();
    schedule.store(best);
    if (!can_move()) return;
    const i64 start = schedule.steps;
    i64 temperature = plan.hot, next_cooling = 0;
    while (schedule.steps - start < plan.steps && watch_.go_on(schedule.steps, best.cost)) {
      ++rounds;
      ++schedule.steps;  // a round that found nothing to do is work, too
      if (schedule.steps - start >= next_cooling) {
        temperature = cooled(plan, schedule.steps - start);
        next_cooling += plan.steps / 128 + 1;
      }
      const i64 allowed = tolerance_.times(temperature, random_) >> 8;
      if (!round(schedule.cost() + allowed))
        schedule.take_back();
      else if (schedule.cost() < best.cost)
        schedule.store(best);
    }
  }

  i64 bound() const { return watch_.bound; }  // steps in all; may shrink while searching
  bool can_move() const { return ruin_.can_move(); }

  // Put everybody on some day.
  void fill() {
    schedule.begin();
    const Array<i32>& removed = ruin_.absent();
    schedule.remove(removed);
    recreate(removed, NO_WAY);
    schedule.begin();
  }

 private:
  const Instance& in_;
  Random& random_;
  Watch& watch_;
  Placing placing_;
  Ruin ruin_;
  Tolerance tolerance_;
  Array<i32> absent_before_;
  Array<i64> hardships_;  // how often each family was without a place

  // Whether the schedule that it leaves is one to go on from.
  bool round(i64 limit) {
    schedule.begin();
    const Array<i32>& removed = ruin_.some();
    const i64 missing = hardship();
    if (missing) absent_before_ = schedule.absent();
    if (!schedule.remove(removed)) return false;
    if (!recreate(removed, missing ? NO_WAY : limit)) return false;
    return schedule.cost() < limit || eases(missing);
  }

  bool recreate(const Array<i32>& removed, i64 limit) {
    for (i32 family : removed) {
      placing_.place(family);
      if (schedule.cost() - schedule.uneven() >= limit) return false;
    }
    return true;
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
};

}  // namespace callcycle
