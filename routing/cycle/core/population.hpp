// Many short searches from nothing, the best of them crossed: a plan is a handful of blocks of
// days (a rep's Mondays), and a good plan's blocks are good in other plans, too.
#pragma once

#include "anneal.hpp"
#include "pool.hpp"

namespace callcycle {

constexpr i32 FINE = 4;       // one crossing in so many is by single days
constexpr i32 MOST_FINE = 100;  // where there are more days, never
constexpr i64 HEAT = 12;     // hundredths of the work for each of the two in a race
constexpr i64 BROOD = 78;    // hundredths of the work for populations
constexpr i64 REUNION = 97;  // and until there for their best; the rest is polish

struct Recipe {
  i64 start_steps, child_steps;  // of one short search
  i32 starts;                    // of one population
  i32 patience;                  // children without a better plan before a new population
  i64 hot, cold;                 // temperatures of a start, in 256ths of a second
  i64 warm;                      // first temperature of a child
};

// Slots in blocks, CSR; slots of the same week in two blocks may take each other's days.
struct Blocks {
  i32 count = 0;
  Array<i32> first, slots, weeks;

  i32 size(i32 block) const { return first[block + 1] - first[block]; }
};

class Population {
 public:
  Population(const Instance& in, Search& search, Random& random)
      : in_(in), search_(search), random_(random), pool_(in),
        allowed_(i64(in.jobs) * in.slots, NONE) {
    for (i32 o = 0, g = 0; g < in.job_groups[in.jobs]; ++g)
      for (; o < in.group_options[g + 1]; ++o)
        allowed_[i64(in.option_job[o]) * in.slots + in.option_slot[o]] = o;
    coarse_.count = in.blocks;
    for (i32 block = 0; block < in.blocks; ++block) {
      coarse_.first.push(coarse_.slots.size());
      for (i32 slot = 0; slot < in.slots; ++slot)
        if (in.slot_block[slot] == block) {
          coarse_.slots.push(slot);
          coarse_.weeks.push(in.slot_week[slot]);
        }
    }
    coarse_.first.push(coarse_.slots.size());
    fine_.count = in.slots;
    for (i32 slot = 0; slot < in.slots; ++slot) {
      fine_.first.push(slot);
      fine_.slots.push(slot);
      fine_.weeks.push(0);
    }
    fine_.first.push(in.slots);
  }

  // Populations one after the other, each until it gives nothing better; then one of their best.
  void run(const Recipe& recipe, Plan& best) {
    if (!search_.can_move()) return search_.schedule.store(best);
    Pool bests(in_);
    if (in_.blocks == in_.slots && in_.slots > 1) {
      bests.add(one_long_search(recipe, HEAT));
      if (is_won_by(bests.plan(0), recipe)) {
        const Plan& longer = one_long_search(recipe, 100);
        best = longer.cost < bests.plan(0).cost ? longer : bests.plan(0);
        return;
      }
    }
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
  Blocks coarse_, fine_;

  // Where days are no blocks, a population may have nothing to exchange: one search, cooled slowly
  // until so many hundredths of the work are done, is tried first.
  const Plan& one_long_search(const Recipe& recipe, i64 part) {
    search_.schedule.clear();
    search_.fill();
    const i64 left = search_.bound() / 100 * part - search_.schedule.steps;
    search_.anneal({larger<i64>(left, 1), recipe.hot, recipe.cold}, plan_);
    return plan_;
  }

  // Whether a population given as much work as the long search finds nothing as good.
  bool is_won_by(const Plan& plan, const Recipe& recipe) {
    for (i32 n = 0; n < recipe.starts && (n == 0 || !is_over(2 * HEAT)); ++n) start(recipe);
    breed(recipe, 1 << 30, 2 * HEAT);
    return plan.cost < pool_.plan(pool_.best()).cost;
  }

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
    const Blocks& by = in_.slots <= MOST_FINE && random_.one_in(FINE) ? fine_ : coarse_;
    Schedule& child = search_.schedule;
    child.clear();
    child.begin();
    Array<i32> blocks;
    for (i32 block = 0; block < by.count; ++block) blocks.push(block);
    for (i32 n = blocks.size() - 1; n > 0; --n) {
      const i32 m = random_.below(n + 1), swapped = blocks[n];
      blocks[n] = blocks[m];
      blocks[m] = swapped;
    }
    const i32 from_a = by.count > 1 ? 1 + random_.below(by.count - 1) : 1;
    Array<i32> labels;
    for (i32 n = 0; n < by.count; ++n) {
      if (n >= from_a) {
        labels.push(blocks[n]);
        continue;
      }
      for (i32 s = by.first[blocks[n]]; s < by.first[blocks[n] + 1]; ++s)
        copy_day(a, by.slots[s], by.slots[s]);
    }
    give(by, b, labels);
    child.settle();
  }

  // The days of a plan's blocks that hold most of what is missing, each under the label where
  // fewest visits are not allowed, its own if it can be.
  void give(const Blocks& by, const Plan& plan, Array<i32>& labels) {
    Array<i32> donors;
    for (i32 block = 0; block < by.count; ++block) donors.push(block);
    sort_by(donors, [&](i32 block) { return -i64(missing_in(by, plan, block)); });
    donors.resize(labels.size());
    Array<i32> broken(i64(by.count) * by.count);
    for (i32 donor : donors)
      for (i32 label : labels)
        broken[i64(donor) * by.count + label] =
            2 * misfits(by, plan, donor, label) + (donor != label);
    while (!donors.empty()) {
      i32 fewest = 1 << 30, donor = 0, label = 0;
      for (i32 d = 0; d < donors.size(); ++d)
        for (i32 l = 0; l < labels.size(); ++l)
          if (broken[i64(donors[d]) * by.count + labels[l]] < fewest) {
            fewest = broken[i64(donors[d]) * by.count + labels[l]];
            donor = d;
            label = l;
          }
      for (i32 s = by.first[donors[donor]]; s < by.first[donors[donor] + 1]; ++s) {
        const i32 to = matching(by, s, labels[label]);
        if (to != NONE) copy_day(plan, by.slots[s], to);
      }
      donors.swap_remove(donor);
      labels.swap_remove(label);
    }
  }

  i32 missing_in(const Blocks& by, const Plan& plan, i32 block) {
    i32 count = 0;
    for (i32 s = by.first[block]; s < by.first[block + 1]; ++s)
      for (i32 n = plan.first[by.slots[s]]; n < plan.first[by.slots[s] + 1]; ++n)
        count += search_.schedule.option_of(in_.option_job[plan.options[n]]) == NONE;
    return count;
  }

  // The label's slot of the same week as the s-th of all slots.
  i32 matching(const Blocks& by, i32 s, i32 label) const {
    if (s >= by.first[label] && s < by.first[label + 1]) return by.slots[s];
    for (i32 other = by.first[label]; other < by.first[label + 1]; ++other)
      if (by.weeks[other] == by.weeks[s]) return by.slots[other];
    return NONE;
  }

  i32 misfits(const Blocks& by, const Plan& plan, i32 block, i32 label) const {
    if (block == label) return 0;
    i32 count = 0;
    for (i32 s = by.first[block]; s < by.first[block + 1]; ++s) {
      const i32 slot = by.slots[s], to = matching(by, s, label);
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
