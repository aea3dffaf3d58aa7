// The whole cycle as it stands in a search: every slot's route and what it costs. Changes can be
// taken back: only the routes that were touched are saved.
#pragma once

#include "rhythm.hpp"
#include "route.hpp"

namespace callcycle {

// Where a visit could go.
struct Place {
  i64 cost = NO_WAY;  // in all: legs, wish and unevenness
  i32 option = NONE, position = NONE;
};

// A finished schedule as plain lists of options, slot after slot.
struct Plan {
  i64 cost = NO_WAY;
  Array<i32> options, first;  // first: CSR by slot
};

class Schedule {
 public:
  explicit Schedule(const Instance& in)
      : in_(in),
        routes_(new_routes(in.slots)),
        saved_(new_routes(in.slots)),
        is_saved_(in.slots),
        option_of_(in.jobs, NONE),
        absent_at_(in.families, NONE) {
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

  // What a day's unevenness grows by with so much more work; less than 0: it falls.
  i64 added_unevenness(i32 slot, i32 longer_s) const {
    const i32 work_s = routes_[slot].work_s();
    return unevenness(slot, work_s + longer_s) - unevenness(slot, work_s);
  }

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

  // Put a family that is on no day on these places, one for each visit; those without an option
  // stay out and cost what missing them costs. The caller answers for their fitting.
  void put(i32 family, const Array<Place>& places) {
    bool absent = false;
    for (i32 k = 0; k < places.size(); ++k) {
      if (places[k].option == NONE) {
        cost_ += in_.job_missed[in_.family_jobs[family] + k];
        absent = true;
      } else {
        put(places[k].option, places[k].position);
      }
    }
    set_absent(family, absent);
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

  // After `append`s: takes incomplete families off and marks who is absent.
  void settle() {
    begin();
    Array<i32> incomplete;
    for (i32 family = 0; family < in_.families; ++family)
      if (!is_whole(in_, option_of_, family)) incomplete.push(family);
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
  const Instance& in_;
  Route *routes_, *saved_;
  Array<i32> is_saved_, saved_slots_, saved_jobs_, saved_options_, saved_families_, ruined_;
  Array<i32> option_of_;
  i64 cost_ = 0, uneven_ = 0, saved_cost_ = 0, saved_uneven_ = 0;
  Array<i32> absent_, absent_at_;

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
};

}  // namespace callcycle
