// The whole cycle as it stands in a search: every slot's route and what it costs. Changes can be
// taken back: only the routes that were touched are saved.
#pragma once

#include "route.hpp"

namespace callcycle {

constexpr i32 BLINK = 100;  // one position in so many is passed over

// A finished schedule as plain lists of options, slot after slot.
struct Plan {
  i64 cost = NO_WAY;
  Array<i32> options, first;  // first: CSR by slot
};

class Schedule {
 public:
  Schedule(const Instance& in, Random& random)
      : in_(in),
        random_(random),
        routes_(new_routes(in.slots)),
        saved_(new_routes(in.slots)),
        is_saved_(in.slots),
        option_of_(in.jobs, NONE),
        memo_(in.slots),
        usual_(in.families),
        absent_at_(in.families, NONE),
        bests_(in.job_groups[in.jobs]),
        states_(in.job_groups[in.jobs]) {
    clear();
  }
  ~Schedule() {
    drop_routes(routes_);
    drop_routes(saved_);
  }
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  const Instance& instance() const { return in_; }
  const Route& route(i32 slot) const { return routes_[slot]; }
  i32 option_of(i32 job) const { return option_of_[job]; }  // NONE: on no day
  i32 slot_of(i32 job) const {
    return option_of_[job] == NONE ? NONE : in_.option_slot[option_of_[job]];
  }
  i64 cost() const { return cost_; }
  i64 uneven() const { return uneven_; }  // the part of the cost that can fall by an insertion
  const Array<i32>& absent() const { return absent_; }  // families with a visit on no day

  // Elementary steps done so far: the measure of work that is the same on every machine.
  i64 steps = 0;

  void clear() {
    cost_ = uneven_ = 0;
    absent_.clear();
    for (i32 s = 0; s < in_.slots; ++s) {
      routes_[s].reset(in_, s);
      is_saved_[s] = 0;
      uneven_ += unevenness(s, 0);
    }
    saved_slots_.clear();
    cost_ = uneven_;
    for (i32 job = 0; job < in_.jobs; ++job) {
      option_of_[job] = NONE;
      cost_ += in_.job_missed[job];
    }
    for (i32 family = 0; family < in_.families; ++family) {
      absent_at_[family] = NONE;
      set_absent(family, true);
    }
  }

  // From here on changes can be taken back.
  void begin() {
    for (i32 slot : saved_slots_) is_saved_[slot] = 0;
    saved_slots_.clear();
    saved_jobs_.clear();
    saved_options_.clear();
    saved_families_.clear();
    saved_cost_ = cost_;
    saved_uneven_ = uneven_;
  }

  void take_back() {
    for (i32 slot : saved_slots_) routes_[slot] = saved_[slot];
    for (i32 n = saved_jobs_.size() - 1; n >= 0; --n) option_of_[saved_jobs_[n]] = saved_options_[n];
    for (i32 family : saved_families_) set_absent(family, is_absent(family));
    cost_ = saved_cost_;
    uneven_ = saved_uneven_;
    begin();
  }

  const Array<i32>& touched() const { return saved_slots_; }

  // Take families off all their days. While they are out, missing them costs nothing yet.
  // False if a day's rest no longer fits (roads without the triangle inequality).
  bool remove(const Array<i32>& families) {
    ruined_.clear();
    for (i32 family : families) {
      saved_families_.push(family);
      for (i32 job = in_.family_jobs[family]; job < in_.family_jobs[family + 1]; ++job) {
        const i32 option = option_of_[job];
        if (option == NONE) {
          cost_ -= in_.job_missed[job];
          continue;
        }
        const i32 slot = in_.option_slot[option];
        if (save(slot)) ruined_.push(slot);
        cost_ -= in_.option_wish[option];
        set_option(job, NONE);
      }
    }
    bool fits = true;
    for (i32 slot : ruined_) {
      Route& route = routes_[slot];
      i32 kept = 0;
      for (i32 n = 0; n < route.size(); ++n) {
        if (option_of_[in_.option_job[route.options[n]]] != route.options[n]) continue;
        route.options[kept] = route.options[n];
        route.nodes[kept++] = route.nodes[n];
      }
      route.options.resize(kept);
      route.nodes.resize(kept);
      account(slot, -1, saved_[slot]);
      fits = route.relabel(in_) && fits;
      account(slot, +1, route);
      steps += 4 * (kept + 1);
    }
    return fits;
  }

  // Put a family that is on no day where it costs least; visits that find no room stay out and
  // cost what missing them costs.
  void place(i32 family) {
    const i32 count = in_.visits_of(family);
    chosen_.resize(count, NONE);
    chosen_.fill(NONE);
    if (in_.family_patterns[family + 1] > in_.family_patterns[family])
      choose_pattern(family);
    else if (count == 1)
      chosen_[0] = best_group(in_.family_jobs[family]);
    else
      choose_by_gaps(family);
    bool absent = false;
    for (i32 k = 0; k < count; ++k) {
      const i32 job = in_.family_jobs[family] + k;
      if (chosen_[k] == NONE) {
        cost_ += in_.job_missed[job];
        absent = true;
      } else {
        const Best& best = bests_[chosen_[k]];
        put(best.option, best.position);
      }
    }
    set_absent(family, absent);
  }

  // Put one visit at a position of a day; the caller answers for its fitting.
  void put(i32 option, i32 position) {
    const i32 slot = in_.option_slot[option];
    save(slot);
    account(slot, -1, routes_[slot]);
    routes_[slot].insert(in_, option, position);
    account(slot, +1, routes_[slot]);
    cost_ += in_.option_wish[option];
    set_option(in_.option_job[option], option);
    steps += 4 * routes_[slot].size();
  }

  // The end of a day for a visit that fits there; false: it does not.
  bool append(i32 option) {
    const i32 slot = in_.option_slot[option];
    const i32 job = in_.option_job[option];
    if (option_of_[job] != NONE) return false;
    Route& route = routes_[slot];
    save(slot);
    account(slot, -1, route);
    route.insert(in_, option, route.size());
    const bool fits = route.relabel(in_);
    if (!fits) {
      route.options.pop();
      route.nodes.pop();
      route.relabel(in_);
    } else {
      set_option(job, option);
      cost_ += i64(in_.option_wish[option]) - in_.job_missed[job];
    }
    account(slot, +1, route);
    steps += 8 * (route.size() + 1);
    return fits;
  }

  // Whether the visits of a family that are on days are as far apart as they have to be, and all
  // of them are on days.
  bool is_whole(i32 family) const {
    for (i32 job = in_.family_jobs[family]; job < in_.family_jobs[family + 1]; ++job)
      if (option_of_[job] == NONE) return false;
    return keeps_rhythm(family);
  }

  bool keeps_rhythm(i32 family) const {
    if (in_.family_patterns[family + 1] > in_.family_patterns[family]) return keeps_a_pattern(family);
    i32 before = NONE;
    for (i32 job = in_.family_jobs[family]; job < in_.family_jobs[family + 1]; ++job) {
      if (option_of_[job] == NONE) continue;
      if (before != NONE && !may_follow(family, before, job, day_of(before), day_of(job)))
        return false;
      before = job;
    }
    return true;
  }

  // After `append`s: takes incomplete families off and marks who is absent.
  void settle() {
    begin();
    Array<i32> incomplete;
    for (i32 family = 0; family < in_.families; ++family)
      if (!is_whole(family)) incomplete.push(family);
    remove(incomplete);
    for (i32 family = 0; family < in_.families; ++family) set_absent(family, is_absent(family));
    for (i32 family : incomplete)
      for (i32 job = in_.family_jobs[family]; job < in_.family_jobs[family + 1]; ++job)
        cost_ += in_.job_missed[job];
    begin();
  }

  void store(Plan& plan) const {
    plan.cost = cost_;
    plan.options.clear();
    plan.first.clear();
    for (i32 slot = 0; slot < in_.slots; ++slot) {
      plan.first.push(plan.options.size());
      for (i32 option : routes_[slot].options) plan.options.push(option);
    }
    plan.first.push(plan.options.size());
  }

  void load(const Plan& plan) {
    clear();
    for (i32 option : plan.options) append(option);
    for (i32 family = 0; family < in_.families; ++family) set_absent(family, is_absent(family));
    begin();
  }

 private:
  struct Best { i64 cost; i32 option, position; };

  bool blink() {
    if (--until_blink_ > 0) return false;
    until_blink_ = 1 + random_.below(2 * BLINK);
    return true;
  }

  static Route* new_routes(i32 count) {
    Route* routes = static_cast<Route*>(calloc(count + 1, sizeof(Route)));
    if (!routes) abort();
    return routes;  // all zero is an empty route
  }
  void drop_routes(Route* routes) {
    for (i32 s = 0; s < in_.slots; ++s) routes[s].~Route();
    free(static_cast<void*>(routes));
  }

  i64 unevenness(i32 slot, i32 work_s) const {
    if (!in_.balance_s) return 0;
    const i64 off = i64(work_s) - in_.even_share_s[slot];
    return off * off / in_.balance_s;
  }

  void account(i32 slot, i32 sign, const Route& route) {
    const i64 uneven = unevenness(slot, route.work_s());
    cost_ += sign * (route.cost + uneven);
    uneven_ += sign * uneven;
  }

  bool save(i32 slot) {
    if (is_saved_[slot]) return false;
    is_saved_[slot] = 1;
    saved_slots_.push(slot);
    saved_[slot] = routes_[slot];
    return true;
  }

  void set_option(i32 job, i32 option) {
    saved_jobs_.push(job);
    saved_options_.push(option_of_[job]);
    option_of_[job] = option;
  }

  bool is_absent(i32 family) const {
    for (i32 job = in_.family_jobs[family]; job < in_.family_jobs[family + 1]; ++job)
      if (option_of_[job] == NONE && in_.job_groups[job + 1] > in_.job_groups[job]) return true;
    return false;
  }

  // Families without any possible day are never absent: no search can help them.
  void set_absent(i32 family, bool absent) {
    const i32 at = absent_at_[family];
    if (absent && at == NONE && is_absent(family)) {
      absent_at_[family] = absent_.size();
      absent_.push(family);
    } else if (!absent && at != NONE) {
      absent_.swap_remove(at);
      if (at < absent_.size()) absent_at_[absent_[at]] = at;
      absent_at_[family] = NONE;
    }
  }

  i32 day_of(i32 job) const { return in_.slot_day[slot_of(job)]; }

  bool may_follow(i32 family, i32 before, i32 job, i32 day_before, i32 day) const {
    const i32 days = day - day_before;
    const bool waived = in_.job_waives_gap[job] || (job == before + 1 && in_.job_waives_gap[before]);
    if (days < 1 || (!waived && days < in_.min_gap[family])) return false;
    return job > before + 1 || days <= in_.max_gap[family];
  }

  bool keeps_a_pattern(i32 family) const {
    const i32 first = in_.family_jobs[family], count = in_.visits_of(family);
    for (i32 p = in_.family_patterns[family]; p < in_.family_patterns[family + 1]; ++p) {
      const i32* groups = in_.pattern_groups + in_.pattern_at[p];
      bool same = true;
      for (i32 k = 0; k < count && same; ++k) {
        if (option_of_[first + k] == NONE) continue;
        same = groups[k] != NONE && option_of_[first + k] >= in_.group_options[groups[k]] &&
               option_of_[first + k] < in_.group_options[groups[k] + 1];
      }
      if (same) return true;
    }
    return false;
  }

  struct Memo {
    i64 stamp = -1, bound = 0;  // looked for below this cost of legs
    Insertion found{0, 0, NONE};
  };

  // The cheapest place for a visit on a slot below `bound`, wish and unevenness included. Visits
  // of one kind ask the same of a slot: the answer is remembered while a family is placed.
  Best best_on(i32 option, i64 bound) {
    const i32 slot = in_.option_slot[option], job = in_.option_job[option];
    const Route& route = routes_[slot];
    const i64 stamp = (memo_family_ << 20) + in_.job_kind[job];
    const i64 most = in_.balance_s ? NO_WAY : bound - in_.option_wish[option];
    Memo& memo = memo_[slot];
    if (memo.stamp != stamp || (memo.found.position == NONE && memo.bound < most)) {
      memo.found = route.best_insertion(in_, option, most, [this] { return blink(); });
      memo.stamp = stamp;
      memo.bound = most;
      steps += route.size() + 4;
    }
    if (memo.found.position == NONE) return {NO_WAY, NONE, NONE};
    i64 cost = memo.found.cost + in_.option_wish[option];
    if (in_.balance_s) {
      const i32 longer_s = memo.found.travel_s + in_.job_service_s[job];
      cost += unevenness(slot, route.work_s() + longer_s) - unevenness(slot, route.work_s());
    }
    return {cost, option, memo.found.position};
  }

  // The cheapest slot of a job's day, below `bound`.
  Best best_in(i32 group, i64 bound) {
    Best best{bound, NONE, NONE};
    for (i32 o = in_.group_options[group]; o < in_.group_options[group + 1]; ++o) {
      const Best found = best_on(o, best.cost);
      if (found.cost < best.cost) best = found;
    }
    return best;
  }

  // The only visit of a customer: the day it was on is looked at first, for a good bound makes
  // looking at the others short.
  i32 best_group(i32 job) {
    ++memo_family_;
    i64 bound = NO_WAY;
    i32 chosen = NONE;
    const i32 first = in_.job_groups[job], count = in_.job_groups[job + 1] - first;
    const i32 from = usual_[in_.job_family[job]];
    for (i32 n = 0; n < count; ++n) {
      const i32 g = first + (from + n < count ? from + n : from + n - count);
      const Best found = best_in(g, bound);
      if (found.option == NONE) continue;
      bound = found.cost;
      bests_[g] = found;
      chosen = g;
    }
    if (chosen != NONE) usual_[in_.job_family[job]] = chosen - first;
    return chosen;
  }

  // A pattern keeps its gaps; where a visit is left out of it, the rest may not.
  bool may_be_next(i32 family, const i32* groups, i32 before, i32 k) const {
    if (before == NONE || before == k - 1) return true;
    const i32 first = in_.family_jobs[family];
    return may_follow(family, first + before, first + k, in_.group_day[groups[before]],
                      in_.group_day[groups[k]]);
  }

  void choose_pattern(i32 family) {
    ++memo_family_;
    const i32 first = in_.family_jobs[family], visits = in_.visits_of(family);
    const i32 pattern = in_.family_patterns[family];
    const i32 count = in_.family_patterns[family + 1] - pattern;
    i64 best = NO_WAY;
    tried_.resize(visits);
    best_tried_.resize(visits);
    i32 at = usual_[family];
    for (i32 n = 0; n < count; ++n, at = at + 1 == count ? 0 : at + 1) {
      const i32* groups = in_.pattern_groups + in_.pattern_at[pattern + at];
      i64 cost = 0;
      for (i32 k = 0, before = NONE; k < visits && cost < best; ++k) {
        const i64 missed = in_.job_missed[first + k];
        tried_[k] = {missed, NONE, NONE};
        if (groups[k] != NONE && may_be_next(family, groups, before, k))
          tried_[k] = best_in(groups[k], smaller(best - cost, missed));
        if (tried_[k].option == NONE) tried_[k].cost = missed;
        else before = k;
        cost += tried_[k].cost;
      }
      if (cost >= best) continue;
      best = cost;
      usual_[family] = at;
      for (i32 k = 0; k < visits; ++k) {
        chosen_[k] = tried_[k].option == NONE ? NONE : groups[k];
        best_tried_[k] = tried_[k];
      }
    }
    for (i32 k = 0; k < visits; ++k)
      if (chosen_[k] != NONE) bests_[chosen_[k]] = best_tried_[k];
  }

  void look_at_all(i32 family) {
    ++memo_family_;
    const i32 first = in_.family_jobs[family], last = in_.family_jobs[family + 1];
    for (i32 g = in_.job_groups[first]; g < in_.job_groups[last]; ++g)
      bests_[g] = best_in(g, NO_WAY);
  }

  // Dynamic programming over the visits in order. First all visits; where that is impossible,
  // with visits left out at their price.
  void choose_by_gaps(i32 family) {
    look_at_all(family);
    if (!link(family, false)) link(family, true);
  }

  struct State { i64 cost; i32 before; };  // before: the group of the planned visit before

  bool link(i32 family, bool omitting) {
    const i32 first = in_.family_jobs[family], last = in_.family_jobs[family + 1] - 1;
    i64 best = NO_WAY, out_before = 0;
    i32 end = NONE;
    if (omitting) {
      best = 0;
      for (i32 job = first; job <= last; ++job) best += in_.job_missed[job];
    }
    for (i32 job = first; job <= last; ++job) {
      for (i32 g = in_.job_groups[job]; g < in_.job_groups[job + 1]; ++g) {
        State state{NO_WAY, NONE};
        if (bests_[g].option != NONE) {
          if (job == first || omitting) state.cost = out_before;
          i64 out = 0;
          for (i32 prior = job - 1; prior >= (omitting ? first : larger(first, job - 1)); --prior) {
            for (i32 h = in_.job_groups[prior]; h < in_.job_groups[prior + 1]; ++h) {
              if (states_[h].cost + out < state.cost &&
                  may_follow(family, prior, job, in_.group_day[h], in_.group_day[g]))
                state = {states_[h].cost + out, h};
            }
            out += in_.job_missed[prior];
          }
          if (state.cost < NO_WAY) state.cost += bests_[g].cost;
          steps += 2;
        }
        states_[g] = state;
        if (!omitting && job < last) continue;
        i64 total = state.cost;
        for (i32 after = job + 1; after <= last && total < NO_WAY; ++after)
          total += in_.job_missed[after];
        if (total < best) {
          best = total;
          end = g;
        }
      }
      out_before += in_.job_missed[job];
    }
    for (; end != NONE; end = states_[end].before)
      chosen_[in_.option_job[in_.group_options[end]] - first] = end;
    return best < NO_WAY;
  }

 private:
  const Instance& in_;
  Random& random_;
  i32 until_blink_ = BLINK;
  Route *routes_, *saved_;
  Array<i32> is_saved_, saved_slots_, saved_jobs_, saved_options_, saved_families_, ruined_;
  Array<i32> option_of_;
  i64 cost_ = 0, uneven_ = 0, saved_cost_ = 0, saved_uneven_ = 0;
  Array<Memo> memo_;
  i64 memo_family_ = 0;
  Array<i32> usual_;  // the pattern (or day) each family was last put on
  Array<Best> tried_, best_tried_;
  Array<i32> absent_, absent_at_;
  Array<Best> bests_;
  Array<State> states_;
  Array<i32> chosen_;
};

}  // namespace callcycle
