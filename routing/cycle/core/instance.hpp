// What is to be planned, as flat arrays that Python lays out (routing/cycle/packed.py).
#pragma once

#include "basics.hpp"

namespace callcycle {

// Borrowed arrays. CSR arrays have one entry more than their items.
struct Instance {
  i32 nodes, slots, jobs, families, blocks;
  i64 balance_s;  // weight of uneven days; 0: none

  // Matrices by transport: seconds, and what a leg costs (seconds, money in seconds). The
  // transposed ones let the way *to* a node be read in a row.
  const i32 *time_s, *time_to_s, *cost, *cost_to;

  // Slots (rep-days), in order of date.
  const i32 *slot_day;  // days since a fixed date
  const i32 *slot_week;
  const i32 *slot_block;  // slots whose days share patterns, e.g. a rep's Mondays
  const i32 *slot_transport, *slot_start, *slot_end, *slot_begin_s, *slot_end_s;
  const i32 *lunch_earliest_s, *lunch_latest_s, *lunch_s;  // lunch_s 0: none
  const i32 *max_visits, *max_driving_s, *max_duration_s, *max_load, *even_share_s;

  // Families: the visits of one customer, jobs [family_jobs[f], family_jobs[f + 1]).
  const i32 *family_jobs, *min_gap, *max_gap;
  const i32 *family_patterns;  // CSR into rows of pattern_groups; empty: gaps alone decide
  const i32 *pattern_groups;   // for each pattern and visit the visit's day group, NONE: no such
  const i32 *pattern_at;       // first entry of each pattern in pattern_groups

  // Jobs (visits).
  const i32 *job_family, *job_node, *job_service_s, *job_load, *job_waives_gap, *job_kind;
  const i64 *job_missed;
  const i32 *job_groups;  // CSR into groups: the job's days

  // Groups: one day of a job, options [group_options[g], group_options[g + 1]).
  const i32 *group_day, *group_options;

  // Options: a slot that could hold the job, windows [option_windows[o], option_windows[o + 1]).
  const i32 *option_slot, *option_job, *option_wish, *option_windows;
  const i32 *window_first_s, *window_last_s;

  // For each family its nearest families, nearest first, itself left out.
  i32 near_count;
  const i32 *near;
  const i32 *family_far;  // seconds to the nearest start of a day

  const i32 *slot_changes;  // CSR into the moments at which a slot's speed changes; empty: never
  const i32 *change_s;
  const i64 *change_covered, *change_speed;  // until then since the first one; a second from then on

  const i32* row(const i32* matrix, i32 slot, i32 node) const {
    return matrix + (i64(slot_transport[slot]) * nodes + node) * nodes;
  }
  i32 visits_of(i32 family) const { return family_jobs[family + 1] - family_jobs[family]; }
};

// The first second at or after `ready_s` at which the option's visit may begin.
inline i32 begin_at(const Instance& in, i32 option, i32 ready_s) {
  for (i32 w = in.option_windows[option]; w < in.option_windows[option + 1]; ++w)
    if (ready_s <= in.window_last_s[w]) return larger(in.window_first_s[w], ready_s);
  return NEVER;
}

// The last second not after `bound_s` at which the option's visit may begin.
inline i32 latest_begin(const Instance& in, i32 option, i32 bound_s) {
  for (i32 w = in.option_windows[option + 1] - 1; w >= in.option_windows[option]; --w)
    if (in.window_first_s[w] <= bound_s) return smaller(in.window_last_s[w], bound_s);
  return TOO_EARLY;
}

}  // namespace callcycle
