// How far apart the visits of one customer have to be: between gaps, or as one of its patterns.
#pragma once

#include "instance.hpp"

namespace callcycle {

// Whether `job` may be on `day` when `before`, the planned visit before it, is on `day_before`.
inline bool may_follow(const Instance& in, i32 family, i32 before, i32 job, i32 day_before, i32 day) {
  const i32 days = day - day_before;
  const bool waived = in.job_waives_gap[job] || (job == before + 1 && in.job_waives_gap[before]);
  if (days < 1 || (!waived && days < in.min_gap[family])) return false;
  return job > before + 1 || days <= in.max_gap[family];
}

inline bool has_patterns(const Instance& in, i32 family) {
  return in.family_patterns[family + 1] > in.family_patterns[family];
}

// In what follows `option_of` tells each job's option, NONE: on no day.

inline bool keeps_a_pattern(const Instance& in, const Array<i32>& option_of, i32 family) {
  const i32 first = in.family_jobs[family], count = in.visits_of(family);
  for (i32 p = in.family_patterns[family]; p < in.family_patterns[family + 1]; ++p) {
    const i32* groups = in.pattern_groups + in.pattern_at[p];
    bool same = true;
    for (i32 k = 0; k < count && same; ++k) {
      const i32 option = option_of[first + k];
      if (option == NONE) continue;
      same = groups[k] != NONE && option >= in.group_options[groups[k]] &&
             option < in.group_options[groups[k] + 1];
    }
    if (same) return true;
  }
  return false;
}

inline bool keeps_gaps(const Instance& in, const Array<i32>& option_of, i32 family) {
  auto day_of = [&](i32 job) { return in.slot_day[in.option_slot[option_of[job]]]; };
  i32 before = NONE;
  for (i32 job = in.family_jobs[family]; job < in.family_jobs[family + 1]; ++job) {
    if (option_of[job] == NONE) continue;
    if (before != NONE && !may_follow(in, family, before, job, day_of(before), day_of(job)))
      return false;
    before = job;
  }
  return true;
}

// Whether all visits of a family are on days, as far apart as they have to be.
inline bool is_whole(const Instance& in, const Array<i32>& option_of, i32 family) {
  for (i32 job = in.family_jobs[family]; job < in.family_jobs[family + 1]; ++job)
    if (option_of[job] == NONE) return false;
  return has_patterns(in, family) ? keeps_a_pattern(in, option_of, family)
                                  : keeps_gaps(in, option_of, family);
}

}  // namespace callcycle
