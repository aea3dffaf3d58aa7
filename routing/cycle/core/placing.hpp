// Where a customer goes: all its visits at once, on the days where they cost least while everybody
// else stays where they are.
#pragma once

#include "schedule.hpp"

namespace callcycle {

constexpr i32 BLINK = 100;  // one position in so many is passed over

class Placing {
 public:
  Placing(Schedule& schedule, Random& random)
      : in_(schedule.instance()),
        schedule_(schedule),
        random_(random),
        memo_(in_.slots),
        usual_(in_.families),
        places_(in_.job_groups[in_.jobs]),
        states_(in_.job_groups[in_.jobs]) {}
  Placing(const Placing&) = delete;
  Placing& operator=(const Placing&) = delete;

  // Put a family that is on no day where it costs least; visits that find no room stay out and
  // cost what missing them costs.
  void place(i32 family) {
    ++placed_;
    const i32 count = in_.visits_of(family);
    chosen_.resize(count);
    chosen_.fill(Place{});
    if (has_patterns(in_, family))
      choose_pattern(family);
    else if (count == 1)
      choose_day(family);
    else
      choose_by_gaps(family);
    schedule_.put(family, chosen_);
  }

 private:
  struct Memo {
    i64 stamp = -1, bound = 0;  // looked for below this cost of legs
    Insertion found{0, 0, NONE};
  };
  struct State { i64 cost; i32 before; };  // before: the group of the planned visit before

  const Instance& in_;
  Schedule& schedule_;
  Random& random_;
  i32 until_blink_ = BLINK;
  i64 placed_ = 0;        // families so far
  Array<Memo> memo_;      // of each slot
  Array<i32> usual_;      // the pattern (or day) each family was last put on
  Array<Place> places_;   // the cheapest of each group
  Array<State> states_;   // of each group
  Array<Place> tried_, chosen_;  // of each visit

  bool blink() {
    if (--until_blink_ > 0) return false;
    until_blink_ = 1 + random_.below(2 * BLINK);
    return true;
  }

  // The cheapest place for a visit on a slot below `bound`, wish and unevenness included. Visits
  // of one kind ask the same of a slot: the answer is remembered while a family is placed.
  Place best_on(i32 option, i64 bound) {
    const i32 slot = in_.option_slot[option], job = in_.option_job[option];
    const i64 stamp = (placed_ << 20) + in_.job_kind[job];
    const i64 most = in_.balance_s ? NO_WAY : bound - in_.option_wish[option];
    Memo& memo = memo_[slot];
    if (memo.stamp != stamp || (memo.found.position == NONE && memo.bound < most)) {
      const Route& route = schedule_.route(slot);
      memo.found = route.best_insertion(in_, option, most, [this] { return blink(); });
      memo.stamp = stamp;
      memo.bound = most;
      schedule_.steps += route.size() + 4;
    }
    if (memo.found.position == NONE) return {};
    i64 cost = memo.found.cost + in_.option_wish[option];
    if (in_.balance_s)
      cost += schedule_.added_unevenness(slot, memo.found.travel_s + in_.job_service_s[job]);
    return {cost, option, memo.found.position};
  }

  // The cheapest slot of a job's day, below `bound`.
  Place best_in(i32 group, i64 bound) {
    Place best{bound, NONE, NONE};
    for (i32 o = in_.group_options[group]; o < in_.group_options[group + 1]; ++o) {
      const Place found = best_on(o, best.cost);
      if (found.cost < best.cost) best = found;
    }
    return best;
  }

  // The only visit of a customer: the day it was on is looked at first, for a good bound makes
  // looking at the others short.
  void choose_day(i32 family) {
    const i32 job = in_.family_jobs[family];
    const i32 first = in_.job_groups[job], count = in_.job_groups[job + 1] - first;
    i32 day = usual_[family];
    for (i32 n = 0; n < count; ++n, day = day + 1 == count ? 0 : day + 1) {
      const Place found = best_in(first + day, chosen_[0].cost);
      if (found.option == NONE) continue;
      chosen_[0] = found;
      usual_[family] = day;
    }
  }

  // The pattern it was on is looked at first; others only until they are dearer.
  void choose_pattern(i32 family) {
    const i32 visits = in_.visits_of(family), pattern = in_.family_patterns[family];
    const i32 count = in_.family_patterns[family + 1] - pattern;
    i64 best = NO_WAY;
    tried_.resize(visits);
    i32 at = usual_[family];
    for (i32 n = 0; n < count; ++n, at = at + 1 == count ? 0 : at + 1) {
      const i64 cost = try_pattern(family, pattern + at, best);
      if (cost >= best) continue;
      best = cost;
      usual_[family] = at;
      chosen_ = tried_;
    }
  }

  // What a pattern costs, with its places in `tried_`; not less than `bound` as soon as it is clear.
  i64 try_pattern(i32 family, i32 pattern, i64 bound) {
    const i32* groups = in_.pattern_groups + in_.pattern_at[pattern];
    const i32 first = in_.family_jobs[family], visits = in_.visits_of(family);
    i64 cost = 0;
    for (i32 k = 0, before = NONE; k < visits && cost < bound; ++k) {
      const i64 missed = in_.job_missed[first + k];
      tried_[k] = {missed, NONE, NONE};
      if (groups[k] != NONE && may_be_next(family, groups, before, k))
        tried_[k] = best_in(groups[k], smaller(bound - cost, missed));
      if (tried_[k].option == NONE) tried_[k].cost = missed;
      else before = k;
      cost += tried_[k].cost;
    }
    return cost;
  }

  // A pattern keeps its gaps; where a visit is left out of it, the rest may not.
  bool may_be_next(i32 family, const i32* groups, i32 before, i32 k) const {
    if (before == NONE || before == k - 1) return true;
    const i32 first = in_.family_jobs[family];
    return may_follow(in_, family, first + before, first + k, in_.group_day[groups[before]],
                      in_.group_day[groups[k]]);
  }

  // Dynamic programming over the visits in order. First all visits; where that is impossible,
  // with visits left out at their price.
  void choose_by_gaps(i32 family) {
    const i32 first = in_.family_jobs[family], last = in_.family_jobs[family + 1];
    for (i32 g = in_.job_groups[first]; g < in_.job_groups[last]; ++g)
      places_[g] = best_in(g, NO_WAY);
    if (!link(family, false)) link(family, true);
  }

  bool link(i32 family, bool omitting) {
    const i32 first = in_.family_jobs[family], last = in_.family_jobs[family + 1] - 1;
    i64 out_before = 0, out_after = 0;  // what missing the visits before and after costs
    for (i32 job = first; job <= last; ++job) out_after += in_.job_missed[job];
    i64 best = omitting ? out_after : NO_WAY;
    i32 end = NONE;
    for (i32 job = first; job <= last; ++job) {
      out_after -= in_.job_missed[job];
      for (i32 g = in_.job_groups[job]; g < in_.job_groups[job + 1]; ++g) {
        states_[g] = reach(family, job, g, out_before, omitting);
        if ((!omitting && job < last) || states_[g].cost + out_after >= best) continue;
        best = states_[g].cost + out_after;
        end = g;
      }
      out_before += in_.job_missed[job];
    }
    for (; end != NONE; end = states_[end].before)
      chosen_[in_.option_job[in_.group_options[end]] - first] = places_[end];
    return best < NO_WAY;
  }

  // The cheapest way to have a visit on a day, whatever days the visits before are on.
  State reach(i32 family, i32 job, i32 group, i64 out_before, bool omitting) {
    if (places_[group].option == NONE) return {NO_WAY, NONE};
    schedule_.steps += 2;
    const i32 first = in_.family_jobs[family], day = in_.group_day[group];
    const i32 earliest = omitting ? first : larger(first, job - 1);
    State state{job == first || omitting ? out_before : NO_WAY, NONE};
    i64 out = 0;
    for (i32 prior = job - 1; prior >= earliest; --prior) {
      for (i32 h = in_.job_groups[prior]; h < in_.job_groups[prior + 1]; ++h)
        if (states_[h].cost + out < state.cost &&
            may_follow(in_, family, prior, job, in_.group_day[h], day))
          state = {states_[h].cost + out, h};
      out += in_.job_missed[prior];
    }
    if (state.cost < NO_WAY) state.cost += places_[group].cost;
    return state;
  }
};

}  // namespace callcycle
