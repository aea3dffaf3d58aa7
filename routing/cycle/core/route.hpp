// One rep's day in order, with the moments between which everything still fits, so that an
// insertion is judged in constant time. The same labels as routing/day/labels.py, where they are
// explained; a property test compares the two.
#pragma once

#include "pace.hpp"

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
  i32 travel_s = 0, service_s = 0, load = 0;  // travel in ordinary seconds

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
    make_room(size());
    sum_up(in);
    return at_pace(in, slot_, [&](const auto& pace) { return relabel_at(in, pace); });
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
    at_pace(in, slot_, [&](const auto& pace) {
      label_forward(in, pace, position);
      label_backward(in, pace, position);
    });
  }

  // The cheapest position for a visit that costs less than `bound`. `blink` counts down to a
  // position that is passed over.
  template <class Blink>
  Insertion best_insertion(const Instance& in, i32 option, i64 bound, Blink&& blink) const {
    return at_pace(in, slot_, [&](const auto& pace) {
      return best_insertion_at(in, pace, option, bound, blink);
    });
  }

  // How long the rep is out, from leaving to returning, for the order as it stands; NEVER where
  // it does not fit. Leaves as late as coming home at the earliest allows.
  i32 duration_s(const Instance& in) const {
    return at_pace(in, slot_, [&](const auto& p) { return duration_with(in, p, NONE, 0); });
  }

 private:
  i32 slot_ = 0;
  Array<i32> leg_s_, leg_cost_;          // leg n leads to stop n, the last one back
  Array<i32> early_hungry_, early_fed_;  // when stop n - 1 may be left; 0: the start
  Array<i32> late_hungry_, late_fed_;    // by when stop n must be reached; size(): the end

  template <class Pace>
  bool relabel_at(const Instance& in, const Pace& pace) {
    const i32 count = size();
    label_forward(in, pace, 0);
    label_backward(in, pace, count);
    if (count == 0) return true;
    const i32 home_s =
        fed_after(in, pace, slot_, early_hungry_[count], early_fed_[count], leg_s_[count]);
    return home_s <= in.slot_end_s[slot_] && count <= in.max_visits[slot_] &&
           load <= in.max_load[slot_] && drives_little_enough(in, pace, travel_s, NONE, 0) &&
           (in.max_duration_s[slot_] >= NEVER ||
            duration_with(in, pace, NONE, 0) <= in.max_duration_s[slot_]);
  }

  template <class Pace, class Blink>
  Insertion best_insertion_at(const Instance& in, const Pace& pace, i32 option, i64 bound,
                              Blink&& blink) const {
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
        if ((Pace::peaked || travel_s + longer_s <= in.max_driving_s[slot_]) &&
            fits(in, pace, option, service_s, p, time_to[before], time_from[after]) &&
            (in.max_duration_s[slot_] >= NEVER || duration_with(in, pace, option, p) <= in.max_duration_s[slot_]) &&
            (!Pace::peaked || drives_little_enough(in, pace, 0, option, p)))
          best = {added, longer_s, p};
      }
      before = after;
    }
    return best;
  }

  // Earliest arrival after lunch, `leg_s` after leaving at `hungry` or `fed`.
  template <class Pace>
  static i32 fed_after(const Instance& in, const Pace& pace, i32 slot, i32 hungry, i32 fed,
                       i32 leg_s) {
    const i32 after = pace.arrive(fed, leg_s);
    if (!pace.lunch_s || hungry > pace.lunch_latest_s) return after;
    return smaller(after, pace.after_lunch(hungry, leg_s));
  }

  template <class Pace>
  bool fits(const Instance& in, const Pace& pace, i32 option, i32 service_s, i32 p, i32 in_s,
            i32 out_s) const {
    const i32 fed = fed_after(in, pace, slot_, early_hungry_[p], early_fed_[p], in_s);
    if (fed < NEVER && pace.arrive(begin_at(in, option, fed) + service_s, out_s) <= late_fed_[p])
      return true;
    if (!pace.lunch_s || early_hungry_[p] >= NEVER) return false;
    const i32 left = begin_at(in, option, pace.arrive(early_hungry_[p], in_s)) + service_s;
    if (pace.arrive(left, out_s) <= late_hungry_[p]) return true;
    if (left > pace.lunch_latest_s) return false;
    return pace.after_lunch(left, out_s) <= late_fed_[p];
  }

  // The day with one more visit at `position` (option NONE: as it stands).
  struct With {
    const Instance& in;
    const Route& route;
    i32 option, position;

    i32 count() const { return route.size() + (option != NONE); }
    i32 stop(i32 n) const {
      if (option == NONE || n < position) return route.options[n];
      return n == position ? option : route.options[n - 1];
    }
    i32 service_s(i32 n) const { return in.job_service_s[in.option_job[stop(n)]]; }
    i32 node(i32 n) const {
      if (n < 0) return in.slot_start[route.slot_];
      return n < count() ? in.job_node[in.option_job[stop(n)]] : in.slot_end[route.slot_];
    }
    i32 leg_s(i32 n) const { return in.row(in.time_s, route.slot_, node(n - 1))[node(n)]; }
  };

  template <class Pace>
  i32 duration_with(const Instance& in, const Pace& pace, i32 option, i32 position) const {
    return hours_with(in, pace, {in, *this, option, position}).duration_s();
  }

  // From the last moment of leaving that comes home at the earliest; NEVER: it does not fit.
  struct Hours {
    i32 begin_s, home_s;
    i32 duration_s() const { return home_s >= NEVER ? NEVER : home_s - begin_s; }
  };

  template <class Pace>
  Hours hours_with(const Instance& in, const Pace& pace, const With& day) const {
    const i32 count = day.count();
    if (!count) return {0, 0};
    const bool lunch = in.lunch_s[slot_] != 0;
    i32 hungry = lunch ? in.slot_begin_s[slot_] : NEVER;
    i32 fed = lunch ? NEVER : in.slot_begin_s[slot_];
    for (i32 n = 0; n < count; ++n) {
      const i32 leg_s = day.leg_s(n), service_s = day.service_s(n);
      const i32 after = fed_after(in, pace, slot_, hungry, fed, leg_s);
      hungry = smaller(begin_at(in, day.stop(n), pace.arrive(hungry, leg_s)) + service_s, NEVER);
      fed = smaller(begin_at(in, day.stop(n), after) + service_s, NEVER);
    }
    const i32 home_s = fed_after(in, pace, slot_, hungry, fed, day.leg_s(count));
    if (home_s > in.slot_end_s[slot_]) return {0, NEVER};
    Late late{TOO_EARLY, home_s};
    for (i32 n = count - 1; n >= 0; --n)
      late = before_stop(in, pace, slot_, day.stop(n), late, day.leg_s(n + 1));
    return {left_by(in, pace, slot_, late, day.leg_s(0)), home_s};
  }

  template <class Pace>
  bool drives_little_enough(const Instance& in, const Pace& pace, i32 ordinary_s, i32 option,
                            i32 position) const {
    const i32 most_s = in.max_driving_s[slot_];
    if (!Pace::peaked || most_s >= NEVER) return ordinary_s <= most_s;
    return driven_with(in, pace, {in, *this, option, position}) <= most_s;
  }

  // Seconds on the road of a day that fits its hours, as routing/day/schedule.py times it.
  template <class Pace>
  i32 driven_with(const Instance& in, const Pace& pace, const With& day) const {
    const i32 count = day.count();
    const bool lunch = in.lunch_s[slot_] != 0;
    i32 begin_s = in.slot_begin_s[slot_];
    if (in.max_duration_s[slot_] < NEVER) begin_s = hours_with(in, pace, day).begin_s;
    Driven hungry{lunch ? begin_s : NEVER, 0}, fed{lunch ? NEVER : begin_s, 0};
    for (i32 n = 0; n < count; ++n) {
      const i32 leg_s = day.leg_s(n), service_s = day.service_s(n), option = day.stop(n);
      const i32 there_s = pace.arrive(hungry.left_s, leg_s);
      Driven straight{there_s, hungry.driven_s + there_s - hungry.left_s};
      Driven had = sooner_fed(in, pace, hungry, fed, leg_s);
      const i32 began_s = begin_at(in, option, straight.left_s);
      const i32 fed_began_s = begin_at(in, option, had.left_s);
      if (n == 0) {  // leaves as late as the first visit allows
        straight.driven_s = driven_to(pace, began_s, leg_s);
        had.driven_s = driven_first(in, pace, fed_began_s, leg_s);
      }
      hungry = {smaller(began_s + service_s, NEVER), straight.driven_s};
      fed = {smaller(fed_began_s + service_s, NEVER), had.driven_s};
    }
    return sooner_fed(in, pace, hungry, fed, day.leg_s(count)).driven_s;
  }

  struct Driven { i32 left_s, driven_s; };

  template <class Pace>
  Driven sooner_fed(const Instance& in, const Pace& pace, Driven hungry, Driven fed,
                    i32 leg_s) const {
    const i32 had_s = pace.arrive(fed.left_s, leg_s);
    if (pace.lunch_s && hungry.left_s <= pace.lunch_latest_s) {
      const i32 now_s = pace.after_lunch(hungry.left_s, leg_s);
      if (now_s < had_s)
        return {now_s, hungry.driven_s + pace.driven_round_lunch(hungry.left_s, leg_s)};
    }
    return {had_s, fed.driven_s + had_s - fed.left_s};
  }

  template <class Pace>
  static i32 driven_to(const Pace& pace, i32 begin_s, i32 leg_s) {
    const i32 leave_s = pace.depart(begin_s, leg_s);
    return pace.arrive(leave_s, leg_s) - leave_s;
  }

  // With lunch had by then: at home before leaving where its window is open by then.
  template <class Pace>
  i32 driven_first(const Instance& in, const Pace& pace, i32 begin_s, i32 leg_s) const {
    const i32 lunch_s = in.lunch_s[slot_], leave_s = pace.depart(begin_s, leg_s);
    if (!lunch_s || smaller(in.lunch_latest_s[slot_], leave_s - lunch_s) >= in.lunch_earliest_s[slot_])
      return pace.arrive(leave_s, leg_s) - leave_s;
    return pace.driven_round_lunch(pace.before_lunch(begin_s, leg_s), leg_s);
  }

  struct Late { i32 hungry, fed; };

  // The last moment to leave for a place that is to be reached by `late`, lunch ahead.
  template <class Pace>
  static i32 left_by(const Instance& in, const Pace& pace, i32 slot, Late late, i32 leg_s) {
    if (!pace.lunch_s) return pace.depart(late.fed, leg_s);
    return larger(pace.depart(late.hungry, leg_s), pace.before_lunch(late.fed, leg_s));
  }

  template <class Pace>
  static Late before_stop(const Instance& in, const Pace& pace, i32 slot, i32 option, Late late,
                          i32 leg_s) {
    const i32 service_s = in.job_service_s[in.option_job[option]];
    i32 hungry = pace.depart(late.hungry, leg_s);
    if (pace.lunch_s) hungry = larger(hungry, pace.before_lunch(late.fed, leg_s));
    return {latest_begin(in, option, hungry - service_s),
            latest_begin(in, option, pace.depart(late.fed, leg_s) - service_s)};
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
  template <class Pace>
  void label_forward(const Instance& in, const Pace& pace, i32 from) {
    const bool lunch = in.lunch_s[slot_] != 0;
    early_hungry_[0] = lunch ? in.slot_begin_s[slot_] : NEVER;
    early_fed_[0] = lunch ? NEVER : in.slot_begin_s[slot_];
    for (i32 n = from; n < size(); ++n) {
      const i32 service_s = in.job_service_s[in.option_job[options[n]]];
      const i32 fed = fed_after(in, pace, slot_, early_hungry_[n], early_fed_[n], leg_s_[n]);
      const i32 hungry = pace.arrive(early_hungry_[n], leg_s_[n]);
      early_hungry_[n + 1] = smaller(begin_at(in, options[n], hungry) + service_s, NEVER);
      early_fed_[n + 1] = smaller(begin_at(in, options[n], fed) + service_s, NEVER);
    }
  }

  // Labels of reaching stop `upto` and those before it; size() is the end of the day.
  template <class Pace>
  void label_backward(const Instance& in, const Pace& pace, i32 upto) {
    Late late{TOO_EARLY, in.slot_end_s[slot_]};
    if (upto < size()) late = {late_hungry_[upto + 1], late_fed_[upto + 1]};
    for (i32 n = upto; n >= 0; --n) {
      if (n < size()) late = before_stop(in, pace, slot_, options[n], late, leg_s_[n + 1]);
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
