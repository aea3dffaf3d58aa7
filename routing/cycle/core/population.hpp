// Many short searches from nothing, the best of them crossed: a plan is a handful of blocks of
// days (a rep's Mondays), and a good plan's blocks are good in other plans, too.
#pragma once

#include "anneal.hpp"
#include "pool.hpp"

namespace callcycle {

constexpr i64 BROOD = 78;    // hundredths of the work for populations
constexpr i64 REUNION = 97;  // and until there for their best; the rest is polish

struct Recipe {
  i64 start_steps, child_steps;  // of one short search
  i32 starts;                    // of one population
  i32 patience;                  // children without a better plan before a new population
  i64 hot, cold;                 // temperatures of a start, in 256ths of a second
  i64 warm;                      // first temperature of a child
};

class Population {
 public:
  Population(const Instance& in, Search& search, Random& random)
      : in_(in), search_(search), random_(random), pool_(in),
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

  // Populations one after the other, each until it gives nothing better; then one of their best.
  void run(const Recipe& recipe, Plan& best) {
    if (!search_.can_move()) return search_.schedule.store(best);
    Pool bests(in_);
    for (bool again = false; !again || !is_over(BROOD); again = true) {
      pool_.clear();
      for (i32 n = 0; n < recipe.starts && (n == 0 || !is_over(BROOD)); ++n) start(recipe);
      breed(recipe, recipe.patience, BROOD);
      bests.add(pool_.plan(pool_.best()));
    }
    if (bests.size() > 1) {
      pool_.clear();
      for (i32 n = 0; n < bests.size(); ++n) pool_.add(bests.plan(n));
    }
    breed(recipe, 1 << 30, REUNION);
    best = pool_.plan(pool_.best());
    search_.schedule.load(best);
    search_.anneal({larger<i64>(search_.bound() - search_.schedule.steps, 0), recipe.cold,
                    recipe.cold}, best);
  }

 private:
  const Instance& in_;
  Search& search_;
  Random& random_;
  Pool pool_;
  Plan plan_;
  Array<i32> allowed_;
  Array<i32> block_slots_, first_slot_;  // CSR: the slots of each block

  i32 slots_in(i32 block) const { return first_slot_[block + 1] - first_slot_[block]; }

  // Whether so many hundredths of all the work are done.
  bool is_over(i64 part) const {
    return search_.schedule.steps >= search_.bound() / 100 * part;
  }

  void start(const Recipe& recipe) {
    search_.schedule.clear();
    search_.fill();
    search_.anneal({smaller(recipe.start_steps, search_.bound()), recipe.hot, recipe.cold}, plan_);
    pool_.add(plan_);
  }

  // Children until there was nothing better for long enough, or until that part of the work.
  void breed(const Recipe& recipe, i32 patience, i64 part) {
    i64 least = pool_.plan(pool_.best()).cost;
    for (i32 waited = 0; waited < patience && pool_.size() > 1 && !is_over(part); ++waited) {
      cross(pool_.pick(random_), pool_.pick(random_));
      search_.fill();
      search_.anneal({recipe.child_steps, recipe.warm, recipe.cold}, plan_);
      pool_.add(plan_);
      if (plan_.cost < least) {
        least = plan_.cost;
        waited = 0;
      }
    }
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
