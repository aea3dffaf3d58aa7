// One rep's day in order, with the moments between which everything still fits, so that an
// insertion is judged in constant time. The same labels as routing/day/labels.py, where they are
// explained; a property test compares the two.
#pragma once

#include "instance.hpp"

namespace callcycle {

struct Insertion {
  i64 cost;  // legs only
  i32 travel_s;
  i32 position;
};

class Route {
 public:
  Array<i32> options, nodes;  // of each stop
  i64 cost = 0;               // of all legs
  i32 travel_s = 0, service_s = 0, load = 0;

  i32 size() const { return options.size(); }
  i32 work_s() const { return travel_s + service_s; }

  void reset(const Instance& in, i32 slot) {
    options.clear();
    nodes.clear();
    slot_ = slot;
    relabel(in);
  }

  // Compute sums and labels after stops changed; false if the day does not fit.
  bool relabel(const Instance& in) {
    const i32 count = size();
    make_room(count);
    sum_up(in);
    label_forward(in, 0);
    label_backward(in, count);
    if (count == 0) return true;
    const i32 home_s = fed_after(in, slot_, early_hungry_[count], early_fed_[count], leg_s_[count]);
    return home_s <= in.slot_end_s[slot_] && count <= in.max_visits[slot_] &&
           travel_s <= in.max_driving_s[slot_] && load <= in.max_load[slot_] &&
           (in.max_duration_s[slot_] >= NEVER || duration_s(in) <= in.max_duration_s[slot_]);
  }

  void insert(const Instance& in, i32 option, i32 position) {
    const i32 job = in.option_job[option], count = size();
    options.push(option);
    nodes.push(in.job_node[job]);
    for (i32 n = count; n > position; --n) {
      options[n] = options[n - 1];
      nodes[n] = nodes[n - 1];
    }
    options[position] = option;
    nodes[position] = in.job_node[job];
    make_room(count + 1);
    for (i32 n = count + 1; n > position; --n) {
      late_hungry_[n] = late_hungry_[n - 1];
      late_fed_[n] = late_fed_[n - 1];
    }
    sum_up(in);
    label_forward(in, position);
    label_backward(in, position);
  }

  // The cheapest position for a visit that costs less than `bound`. `blink` counts down to a
  // position that is passed over.
  template <class Blink>
  Insertion best_insertion(const Instance& in, i32 option, i64 bound, Blink&& blink) const {
    Insertion best{bound, 0, NONE};
    const i32 job = in.option_job[option], node = in.job_node[job];
    const i32 service_s = in.job_service_s[job], count = size();
    if (count >= in.max_visits[slot_] || load + in.job_load[job] > in.max_load[slot_]) return best;
    const i32 *to = in.row(in.cost_to, slot_, node), *from = in.row(in.cost, slot_, node);
    const i32 *time_to = in.row(in.time_to_s, slot_, node);
    const i32 *time_from = in.row(in.time_s, slot_, node);
    i32 before = in.slot_start[slot_];
    for (i32 p = 0; p <= count; ++p) {
      const i32 after = p < count ? nodes[p] : in.slot_end[slot_];
      const i64 added = i64(to[before]) + from[after] - (count ? leg_cost_[p] : 0);
      if (added < best.cost && !blink()) {
        const i32 longer_s = time_to[before] + time_from[after] - (count ? leg_s_[p] : 0);
        if (travel_s + longer_s <= in.max_driving_s[slot_] &&
            fits(in, option, service_s, p, time_to[before], time_from[after]) &&
            (in.max_duration_s[slot_] >= NEVER || short_enough(in, option, p)))
          best = {added, longer_s, p};
      }
      before = after;
    }
    return best;
  }

  // How long the rep is out, from leaving to returning, for the order as it stands; NEVER where
  // it does not fit. Leaves as late as coming home at the earliest allows.
  i32 duration_s(const Instance& in) const { return duration_with(in, NONE, 0); }

 private:
  i32 slot_ = 0;
  Array<i32> leg_s_, leg_cost_;          // leg n leads to stop n, the last one back
  Array<i32> early_hungry_, early_fed_;  // when stop n - 1 may be left; 0: the start
  Array<i32> late_hungry_, late_fed_;    // by when stop n must be reached; size(): the end

  // Earliest arrival after lunch, `leg_s` after leaving at `hungry` or `fed`.
  static i32 fed_after(const Instance& in, i32 slot, i32 hungry, i32 fed, i32 leg_s) {
    i32 after = fed + leg_s;
    if (in.lunch_s[slot] && hungry <= in.lunch_latest_s[slot])
      after = smaller(after, larger(hungry + leg_s, in.lunch_earliest_s[slot]) + in.lunch_s[slot]);
    return after;
  }

  bool fits(const Instance& in, i32 option, i32 service_s, i32 p, i32 in_s, i32 out_s) const {
    const i32 lunch_s = in.lunch_s[slot_];
    const i32 fed = fed_after(in, slot_, early_hungry_[p], early_fed_[p], in_s);
    if (fed < NEVER && begin_at(in, option, fed) + service_s + out_s <= late_fed_[p]) return true;
    if (!lunch_s || early_hungry_[p] >= NEVER) return false;
    const i32 left = begin_at(in, option, early_hungry_[p] + in_s) + service_s;
    if (left + out_s <= late_hungry_[p]) return true;
    if (left > in.lunch_latest_s[slot_]) return false;
    return larger(left + out_s, in.lunch_earliest_s[slot_]) + lunch_s <= late_fed_[p];
  }

  bool short_enough(const Instance& in, i32 option, i32 position) const {
    return duration_with(in, option, position) <= in.max_duration_s[slot_];
  }

  // The duration with one more visit at `position` (option NONE: as it stands).
  i32 duration_with(const Instance& in, i32 option, i32 position) const {
    const i32 count = size() + (option != NONE);
    auto stop = [&](i32 n) {
      if (option == NONE || n < position) return options[n];
      return n == position ? option : options[n - 1];
    };
    auto node_of = [&](i32 n) {
      if (n < 0) return in.slot_start[slot_];
      return n < count ? in.job_node[in.option_job[stop(n)]] : in.slot_end[slot_];
    };
    auto leg = [&](i32 n) { return in.row(in.time_s, slot_, node_of(n - 1))[node_of(n)]; };
    if (!count) return 0;
    const i32 lunch_s = in.lunch_s[slot_];
    i32 hungry = lunch_s ? in.slot_begin_s[slot_] : NEVER;
    i32 fed = lunch_s ? NEVER : in.slot_begin_s[slot_];
    for (i32 n = 0; n < count; ++n) {
      const i32 leg_s = leg(n), service_s = in.job_service_s[in.option_job[stop(n)]];
      const i32 after = fed_after(in, slot_, hungry, fed, leg_s);
      hungry = smaller(begin_at(in, stop(n), hungry + leg_s) + service_s, NEVER);
      fed = smaller(begin_at(in, stop(n), after) + service_s, NEVER);
    }
    const i32 home_s = fed_after(in, slot_, hungry, fed, leg(count));
    if (home_s > in.slot_end_s[slot_]) return NEVER;
    Late late{TOO_EARLY, home_s};
    for (i32 n = count - 1; n >= 0; --n)
      late = before_stop(in, slot_, stop(n), late, leg(n + 1));
    return home_s - (lunch_s ? leave_by(in, late, leg(0)) : late.fed - leg(0));
  }

  struct Late { i32 hungry, fed; };

  static Late before_stop(const Instance& in, i32 slot, i32 option, Late late, i32 leg_s) {
    const i32 service_s = in.job_service_s[in.option_job[option]], onward_s = service_s + leg_s;
    i32 bound = late.hungry - onward_s;
    const i32 lunch_s = in.lunch_s[slot];
    if (lunch_s && in.lunch_earliest_s[slot] + lunch_s <= late.fed)
      bound = larger(bound, smaller(in.lunch_latest_s[slot] - service_s,
                                    late.fed - lunch_s - onward_s));
    return {latest_begin(in, option, bound), latest_begin(in, option, late.fed - onward_s)};
  }

  // The last moment to leave home, lunch ahead: on the first leg or later.
  i32 leave_by(const Instance& in, Late late, i32 leg_s) const {
    i32 leave = late.hungry - leg_s;
    const i32 lunch_s = in.lunch_s[slot_];
    if (in.lunch_earliest_s[slot_] + lunch_s <= late.fed)
      leave = larger(leave, smaller(in.lunch_latest_s[slot_], late.fed - lunch_s - leg_s));
    return leave;
  }

  void make_room(i32 count) {
    leg_s_.resize(count + 1);
    leg_cost_.resize(count + 1);
    early_hungry_.resize(count + 1);
    early_fed_.resize(count + 1);
    late_hungry_.resize(count + 1);
    late_fed_.resize(count + 1);
  }

  // Labels of leaving stop `from` and those after it.
  void label_forward(const Instance& in, i32 from) {
    const bool lunch = in.lunch_s[slot_] != 0;
    early_hungry_[0] = lunch ? in.slot_begin_s[slot_] : NEVER;
    early_fed_[0] = lunch ? NEVER : in.slot_begin_s[slot_];
    for (i32 n = from; n < size(); ++n) {
      const i32 service_s = in.job_service_s[in.option_job[options[n]]];
      const i32 fed = fed_after(in, slot_, early_hungry_[n], early_fed_[n], leg_s_[n]);
      const i32 hungry = early_hungry_[n] + leg_s_[n];
      early_hungry_[n + 1] = smaller(begin_at(in, options[n], hungry) + service_s, NEVER);
      early_fed_[n + 1] = smaller(begin_at(in, options[n], fed) + service_s, NEVER);
    }
  }

  // Labels of reaching stop `upto` and those before it; size() is the end of the day.
  void label_backward(const Instance& in, i32 upto) {
    Late late{TOO_EARLY, in.slot_end_s[slot_]};
    if (upto < size()) late = {late_hungry_[upto + 1], late_fed_[upto + 1]};
    for (i32 n = upto; n >= 0; --n) {
      if (n < size()) late = before_stop(in, slot_, options[n], late, leg_s_[n + 1]);
      late_hungry_[n] = late.hungry;
      late_fed_[n] = late.fed;
    }
  }

  void sum_up(const Instance& in) {
    const i32 count = size();
    cost = 0;
    travel_s = service_s = load = 0;
    if (!count) return;
    i32 before = in.slot_start[slot_];
    for (i32 n = 0; n <= count; ++n) {
      const i32 node = n < count ? nodes[n] : in.slot_end[slot_];
      leg_s_[n] = in.row(in.time_s, slot_, before)[node];
      leg_cost_[n] = in.row(in.cost, slot_, before)[node];
      travel_s += leg_s_[n];
      cost += leg_cost_[n];
      if (n < count) {
        service_s += in.job_service_s[in.option_job[options[n]]];
        load += in.job_load[in.option_job[options[n]]];
      }
      before = node;
    }
  }
};

}  // namespace callcycle
