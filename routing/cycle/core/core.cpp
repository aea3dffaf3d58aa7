// The door between Python and the search: plain C calls, no exceptions, nothing kept.
#include "population.hpp"

using namespace callcycle;

extern "C" {

// Bumped whenever a struct that crosses the door changes.
int32_t callcycle_version() { return 5; }

struct Order {
  i64 seed, steps, start_steps, child_steps;
  i32 starts, patience;
  i64 hot, cold, warm;
  i64 report_every;
  i64 (*report)(i64 steps, i64 cost);
};

// `start_options`: options of a plan to begin with, in order of days, `start_count` of them, or none.
// `options` and `first` (slots + 1) receive the plan. Returns its cost, `done` what was done.
i64 callcycle_search(const Instance* in, const Order* order, const i32* start_options,
                     i32 start_count, i32* options, i32* first, i64* done) {
  Random random(u64(order->seed));
  Watch watch;
  watch.bound = order->steps;
  watch.ask = order->report;
  watch.every = order->report_every;
  watch.next = order->report_every;
  Search search(*in, random, watch);
  Plan best;
  if (start_count >= 0) {
    for (i32 n = 0; n < start_count; ++n) search.schedule.append(start_options[n]);
    search.schedule.settle();
    search.fill();
    search.anneal({order->steps, order->warm, order->cold}, best);
  } else {
    Population population(*in, search, random);
    population.run({order->start_steps, order->child_steps, order->starts,
                    order->patience, order->hot, order->cold, order->warm}, best);
  }
  if (!best.options.empty())
    memcpy(options, best.options.begin(), best.options.size() * sizeof(i32));
  memcpy(first, best.first.begin(), best.first.size() * sizeof(i32));
  done[0] = search.schedule.steps;
  done[1] = search.rounds;
  return best.cost;
}

// One day as the search sees it, for comparing it with routing/day/labels.py.
struct Probe {
  i64 cost, added;  // of all legs; of the cheapest insertion's legs
  i32 fits, travel_s, duration_s, added_s, position;
};

// Lays `count` options in this order on a slot, every other one first and the rest between them, and
// looks for the cheapest place of `option` (NONE: nobody's). Where the order does not fit, only
// `fits` and sums are told; `position` is NONE where there is no place.
void callcycle_probe(const Instance* in, i32 slot, const i32* options, i32 count, i32 option,
                     Probe* told) {
  Route laid, grown;
  laid.reset(*in, slot);
  grown.reset(*in, slot);
  for (i32 n = 0; n < count; ++n) {
    laid.options.push(options[n]);
    laid.nodes.push(in->job_node[in->option_job[options[n]]]);
  }
  for (i32 n = 0; n < count; n += 2) grown.insert(*in, options[n], grown.size());
  for (i32 n = 1; n < count; n += 2) grown.insert(*in, options[n], n);
  const bool fits = laid.relabel(*in);
  Insertion found{0, 0, NONE};
  if (fits && option != NONE)
    found = grown.best_insertion(*in, option, NO_WAY, [] { return false; });
  *told = {grown.cost, found.cost, fits, grown.travel_s, fits ? laid.duration_s(*in) : NONE,
           found.travel_s, found.position};
}

}  // extern "C"
