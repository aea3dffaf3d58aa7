// Many short searches from nothing, the best of them crossed: a plan is a handful of blocks of
// days (a rep's Mondays), and a good plan's blocks are good in other plans, too.
#pragma once

#include "anneal.hpp"

namespace callcycle {

constexpr i32 KEPT = 10;           // plans in the pool
constexpr i32 FEWEST_DIFFERENT = 3;  // customers on other days, for two plans to be different

struct Recipe {
  i64 steps;        // in all
  i32 starts, children;
  i64 hot, cold;    // temperatures of a start, in 256ths of a second
  i64 warm;         // first temperature of a child
};

class Population {
 public:
  Population(const Instance& in, Search& search, Random& random)
      : in_(in), search_(search), random_(random), block_of_(in.families), taken_(in.families),
        allowed_(i64(in.jobs) * in.slots, NONE) {
    for (i32 o = 0, g = 0; g < in.job_groups[in.jobs]; ++g)
      for (; o < in.group_options[g + 1]; ++o)
        allowed_[i64(in.option_job[o]) * in.slots + in.option_slot[o]] = o;
    for (i32 block = 0; block < in.blocks; ++block) {
      first_slot_.push(block_slots_.size());
      for (i32 slot = 0; slot < in.slots; ++slot)
        if (in.slot_block[slot] == block) block_slots_.push(slot);
    }
    first_slot_.push(block_slots_.size());
  }

  void run(const Recipe& recipe, Plan& best) {
    const i64 polish = recipe.steps / 30;
    const i64 parts = recipe.starts * 3 + recipe.children * 4;
    const i64 unit = (recipe.steps - polish) / larger<i64>(parts, 1);
    Plan plan;
    for (i32 n = 0; n < recipe.starts; ++n) {
      search_.schedule.clear();
      search_.fill();
      search_.anneal({3 * unit, recipe.hot, recipe.cold}, plan);
      keep(plan);
    }
    for (i32 n = 0; n < recipe.children && pool_size_ > 1; ++n) {
      cross(pool_[pick()], pool_[pick()]);
      search_.fill();
      search_.anneal({4 * unit, recipe.warm, recipe.cold}, plan);
      keep(plan);
    }
    best = pool_[0];
    for (i32 n = 1; n < pool_size_; ++n)
      if (pool_[n].cost < best.cost) best = pool_[n];
    search_.schedule.load(best);
    search_.anneal({polish, recipe.cold, recipe.cold}, best);
  }

 private:
  const Instance& in_;
  Search& search_;
  Random& random_;
  Plan pool_[KEPT];
  i32 pool_size_ = 0;
  Array<i32> block_of_, taken_, allowed_;
  Array<i32> block_slots_, first_slot_;  // CSR: the slots of each block

  i32 slots_in(i32 block) const { return first_slot_[block + 1] - first_slot_[block]; }

  // The better of two at random.
  i32 pick() {
    const i32 a = random_.below(pool_size_), b = random_.below(pool_size_);
    return pool_[b].cost < pool_[a].cost ? b : a;
  }

  void keep(const Plan& plan) {
    i32 worst = 0;
    for (i32 n = 0; n < pool_size_; ++n) {
      if (different(plan, pool_[n]) < FEWEST_DIFFERENT) {
        if (plan.cost < pool_[n].cost) pool_[n] = plan;
        return;
      }
      if (pool_[n].cost > pool_[worst].cost) worst = n;
    }
    if (pool_size_ < KEPT) pool_[pool_size_++] = plan;
    else if (plan.cost < pool_[worst].cost) pool_[worst] = plan;
  }

  // Each family's block, that of its first visit; NONE: on no day.
  void blocks_of(const Plan& plan, Array<i32>& blocks) const {
    blocks.resize(in_.families);
    blocks.fill(NONE);
    for (i32 slot = 0; slot < in_.slots; ++slot)
      for (i32 n = plan.first[slot]; n < plan.first[slot + 1]; ++n) {
        i32& block = blocks[in_.job_family[in_.option_job[plan.options[n]]]];
        if (block == NONE) block = in_.slot_block[slot];
      }
  }

  // Customers in other blocks, after naming the blocks of one plan like those of the other that
  // they share most with.
  i32 different(const Plan& a, const Plan& b) {
    Array<i32> in_a, in_b;
    blocks_of(a, in_a);
    blocks_of(b, in_b);
    Array<i32> shared(i64(in_.blocks) * in_.blocks);
    for (i32 f = 0; f < in_.families; ++f)
      if (in_a[f] != NONE && in_b[f] != NONE) ++shared[i64(in_a[f]) * in_.blocks + in_b[f]];
    Array<i32> gone_a(in_.blocks), gone_b(in_.blocks);
    i32 same = 0;
    for (i32 round = 0; round < in_.blocks; ++round) {
      i32 most = NONE, x = 0, y = 0;
      for (i32 p = 0; p < in_.blocks; ++p)
        for (i32 q = 0; q < in_.blocks && !gone_a[p]; ++q)
          if (!gone_b[q] && shared[i64(p) * in_.blocks + q] > most) {
            most = shared[i64(p) * in_.blocks + q];
            x = p;
            y = q;
          }
      gone_a[x] = gone_b[y] = 1;
      same += most;
    }
    i32 placed = 0;
    for (i32 f = 0; f < in_.families; ++f) placed += in_a[f] != NONE || in_b[f] != NONE;
    return placed - same;
  }

  // Some blocks of `a`, the rest from those of `b` that hold most of what is missing.
  void cross(const Plan& a, const Plan& b) {
    Schedule& child = search_.schedule;
    child.clear();
    child.begin();
    Array<i32> blocks;
    for (i32 block = 0; block < in_.blocks; ++block) blocks.push(block);
    for (i32 n = blocks.size() - 1; n > 0; --n) {
      const i32 m = random_.below(n + 1), swapped = blocks[n];
      blocks[n] = blocks[m];
      blocks[m] = swapped;
    }
    const i32 from_a = in_.blocks > 1 ? 1 + random_.below(in_.blocks - 1) : 1;
    Array<i32> free_labels;
    for (i32 n = 0; n < in_.blocks; ++n) {
      if (n >= from_a) {
        free_labels.push(blocks[n]);
        continue;
      }
      for (i32 s = first_slot_[blocks[n]]; s < first_slot_[blocks[n] + 1]; ++s)
        copy_day(a, block_slots_[s], block_slots_[s]);
    }
    Array<i32> donors;
    for (i32 block = 0; block < in_.blocks; ++block) donors.push(block);
    sort_by(donors, [&](i32 block) { return -i64(missing_in(b, block)); });
    donors.resize(free_labels.size());
    while (!donors.empty()) {
      i32 fewest = 1 << 30, donor = 0, label = 0;
      for (i32 d = 0; d < donors.size(); ++d)
        for (i32 l = 0; l < free_labels.size(); ++l) {
          const i32 broken = 2 * misfits(b, donors[d], free_labels[l]) +
                             (donors[d] != free_labels[l]);
          if (broken < fewest) {
            fewest = broken;
            donor = d;
            label = l;
          }
        }
      for (i32 n = 0; n < slots_in(donors[donor]); ++n) {
        const i32 to = matching(donors[donor], n, free_labels[label]);
        if (to != NONE) copy_day(b, block_slots_[first_slot_[donors[donor]] + n], to);
      }
      donors.swap_remove(donor);
      free_labels.swap_remove(label);
    }
    child.settle();
  }

  i32 missing_in(const Plan& plan, i32 block) {
    i32 count = 0;
    for (i32 s = first_slot_[block]; s < first_slot_[block + 1]; ++s)
      for (i32 n = plan.first[block_slots_[s]]; n < plan.first[block_slots_[s] + 1]; ++n)
        count += search_.schedule.option_of(in_.option_job[plan.options[n]]) == NONE;
    return count;
  }

  // The label's slot of the same week (or place) as the n-th slot of a block.
  i32 matching(i32 block, i32 n, i32 label) const {
    if (block == label) return block_slots_[first_slot_[block] + n];
    const i32 week = in_.slot_week[block_slots_[first_slot_[block] + n]];
    for (i32 s = first_slot_[label]; s < first_slot_[label + 1]; ++s)
      if (in_.slot_week[block_slots_[s]] == week) return block_slots_[s];
    return NONE;
  }

  i32 misfits(const Plan& plan, i32 block, i32 label) const {
    i32 count = 0;
    for (i32 n = 0; n < slots_in(block); ++n) {
      const i32 slot = block_slots_[first_slot_[block] + n], to = matching(block, n, label);
      for (i32 at = plan.first[slot]; at < plan.first[slot + 1]; ++at)
        count += to == NONE || allowed(in_.option_job[plan.options[at]], to) == NONE;
    }
    return count;
  }

  i32 allowed(i32 job, i32 slot) const { return allowed_[i64(job) * in_.slots + slot]; }

  void copy_day(const Plan& plan, i32 slot, i32 to) {
    for (i32 n = plan.first[slot]; n < plan.first[slot + 1]; ++n) {
      const i32 option = allowed(in_.option_job[plan.options[n]], to);
      if (option != NONE) search_.schedule.append(option);
    }
  }
};

}  // namespace callcycle
