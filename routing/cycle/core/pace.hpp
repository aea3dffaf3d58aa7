// How long a leg takes at what time of a slot's day: routing/rules/pace.py, where it is explained.
// A slot without changes has ordinary legs all day.
#pragma once

#include "instance.hpp"

namespace callcycle {

constexpr i64 GROUND = 1000000000;  // what an ordinary second covers

// PEAKED is known when compiled, so that ordinary days are as fast as if there were no peaks.
template <bool PEAKED>
class Pace {
 public:
  static constexpr bool peaked = PEAKED;
  const i32 lunch_earliest_s, lunch_latest_s, lunch_s;  // lunch_s 0: none

  Pace(const Instance& in, i32 slot)
      : lunch_earliest_s(in.lunch_earliest_s[slot]),
        lunch_latest_s(in.lunch_latest_s[slot]),
        lunch_s(in.lunch_s[slot]) {
    if (!PEAKED) return;
    const i32 first = in.slot_changes[slot];
    count_ = in.slot_changes[slot + 1] - first;
    moment_s_ = in.change_s + first;
    covered_ = in.change_covered + first;
    speed_ = in.change_speed + first;
  }

  // The first second at which the leg is driven.
  i32 arrive(i32 leave_s, i32 leg_s) const {
    if (!PEAKED) return leave_s + leg_s;
    return first_at(covered(leave_s) + leg_s * GROUND);
  }

  // The last second of leaving from which `arrive` is not later.
  i32 depart(i32 arrive_s, i32 leg_s) const {
    if (!PEAKED) return arrive_s - leg_s;
    return last_at(covered(arrive_s) - leg_s * GROUND);
  }

  // When arrived and fed with lunch on the leg: at once, or as soon as its window opens.
  i32 after_lunch(i32 leave_s, i32 leg_s) const {
    if (!PEAKED) return larger(leave_s + leg_s, lunch_earliest_s) + lunch_s;
    if (leave_s >= lunch_earliest_s) return arrive(leave_s + lunch_s, leg_s);
    const i64 there = covered(leave_s) + leg_s * GROUND;
    const i64 opened = covered(lunch_earliest_s);
    if (there <= opened) return lunch_earliest_s + lunch_s;
    return first_at(there + covered(lunch_earliest_s + lunch_s) - opened);
  }

  // The last leaving that is arrived and fed by `ready_s`; TOO_EARLY: none is.
  i32 before_lunch(i32 ready_s, i32 leg_s) const {
    if (lunch_earliest_s + lunch_s > ready_s) return TOO_EARLY;
    const i32 at_once = depart(ready_s, leg_s) - lunch_s;
    if (!PEAKED || at_once >= lunch_earliest_s) return smaller(lunch_latest_s, at_once);
    const i64 missed = covered(lunch_earliest_s + lunch_s) - covered(lunch_earliest_s);
    return last_at(covered(ready_s) - leg_s * GROUND - missed);
  }

  // Seconds on the road of a leg with lunch as in `after_lunch`.
  i32 driven_round_lunch(i32 leave_s, i32 leg_s) const {
    const i32 arrive_s = arrive(leave_s, leg_s);
    if (arrive_s <= lunch_earliest_s) return arrive_s - leave_s;
    return after_lunch(leave_s, leg_s) - lunch_s - leave_s;
  }

 private:
  i32 count_ = 0;
  const i32* moment_s_ = nullptr;
  const i64 *covered_ = nullptr, *speed_ = nullptr;

  i64 covered(i32 time_s) const {
    i32 k = count_ - 1;
    while (k > 0 && moment_s_[k] > time_s) --k;
    return covered_[k] + (i64(time_s) - moment_s_[k]) * speed_[k];
  }
  i32 change_at(i64 covered) const {
    i32 k = count_ - 1;
    while (k > 0 && covered_[k] > covered) --k;
    return k;
  }
  // The first second by which so much is covered.
  i32 first_at(i64 covered) const {
    const i32 k = change_at(covered);
    return moment_s_[k] - i32(floored(covered_[k] - covered, speed_[k]));
  }
  // The last second by which no more than that is covered.
  i32 last_at(i64 covered) const {
    const i32 k = change_at(covered);
    return moment_s_[k] + i32(floored(covered - covered_[k], speed_[k]));
  }
  static i64 floored(i64 a, i64 b) { return a / b - (a % b < 0); }
};

// What `asked` of the slot's pace answers.
template <class Asked>
__attribute__((always_inline)) inline auto at_pace(const Instance& in, i32 slot, Asked&& asked) {
  if (in.slot_changes[slot] == in.slot_changes[slot + 1]) return asked(Pace<false>(in, slot));
  return asked(Pace<true>(in, slot));
}

}  // namespace callcycle
