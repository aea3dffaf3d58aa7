// The plans of a population, kept good and different from each other: survivors are chosen by
// rank of cost and by rank of distance to their nearest others (Vidal et al. 2012).
#pragma once

#include "schedule.hpp"

namespace callcycle {

constexpr i32 SURVIVORS = 24;
constexpr i32 NEWCOMERS = 24;  // so many more are let in before the survivors are chosen
constexpr i32 ROOM = SURVIVORS + NEWCOMERS;
constexpr i32 ELITE = 6;    // of the survivors, so many are safe by their cost
constexpr i32 NEAREST = 3;  // others that distance is measured to
constexpr i64 TWIN = 20;    // nearer than so many thousandths

struct Member {
  Plan plan;
  Array<i64> pairs;  // customers next to each other on a day, sorted; whatever the day's name
  i64 rank = 0;      // the lower, the better
};

class Pool {
 public:
  explicit Pool(const Instance& in) : in_(in), members_(new_members()), far_(ROOM * ROOM) {}
  ~Pool() {
    for (i32 n = 0; n < ROOM; ++n) members_[n].~Member();
    free(static_cast<void*>(members_));
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  i32 size() const { return order_.size(); }
  const Plan& plan(i32 n) const { return members_[order_[n]].plan; }
  void clear() { order_.clear(); }

  i32 best() const {
    i32 best = 0;
    for (i32 n = 1; n < size(); ++n)
      if (plan(n).cost < plan(best).cost) best = n;
    return best;
  }

  // The better of two at random.
  const Plan& pick(Random& random) const {
    const Member& a = members_[order_[random.below(size())]];
    const Member& b = members_[order_[random.below(size())]];
    return b.rank < a.rank ? b.plan : a.plan;
  }

  void add(const Plan& plan) {
    i32 at = 0;
    while (in_use(at)) ++at;
    members_[at].plan = plan;
    pair_up(members_[at]);
    for (i32 other : order_)
      far_[at * ROOM + other] = far_[other * ROOM + at] = distance(members_[at], members_[other]);
    order_.push(at);
    rank();
    if (size() == ROOM)
      while (size() > SURVIVORS) drop_one();
  }

 private:
  const Instance& in_;
  Member* members_;
  Array<i64> far_;    // distances between members
  Array<i32> order_;  // the cheapest first

  static Member* new_members() {
    void* room = calloc(ROOM, sizeof(Member));
    if (!room) abort();
    return static_cast<Member*>(room);  // all zero is an empty member
  }

  bool in_use(i32 at) const {
    for (i32 n : order_)
      if (n == at) return true;
    return false;
  }

  void pair_up(Member& member) const {
    member.pairs.clear();
    const Plan& plan = member.plan;
    const i64 base = in_.families + 1;
    for (i32 slot = 0; slot < in_.slots; ++slot) {
      i64 before = in_.families;  // home
      for (i32 n = plan.first[slot]; n <= plan.first[slot + 1]; ++n) {
        const bool home = n == plan.first[slot + 1];
        const i64 here = home ? in_.families : in_.job_family[in_.option_job[plan.options[n]]];
        if (here != before)
          member.pairs.push(smaller(before, here) * base + larger(before, here));
        before = here;
      }
    }
    sort_by(member.pairs, [](i64 pair) { return pair; });
  }

  // Pairs of one that the other has not, in thousandths.
  static i64 distance(const Member& a, const Member& b) {
    i32 n = 0, m = 0, shared = 0;
    while (n < a.pairs.size() && m < b.pairs.size()) {
      if (a.pairs[n] == b.pairs[m]) {
        ++shared;
        ++n;
        ++m;
      } else if (a.pairs[n] < b.pairs[m]) {
        ++n;
      } else {
        ++m;
      }
    }
    const i64 most = larger(larger(a.pairs.size(), b.pairs.size()), 1);
    return (most - shared) * 1000 / most;
  }

  // The sum of the distances to the nearest few others.
  i64 solitude(i32 at) const {
    i64 nearest[NEAREST];
    i32 count = 0;
    for (i32 other : order_) {
      if (other == at) continue;
      i64 far = far_[at * ROOM + other];
      for (i32 n = 0; n < count; ++n)
        if (far < nearest[n]) {
          const i64 pushed = nearest[n];
          nearest[n] = far;
          far = pushed;
        }
      if (count < NEAREST) nearest[count++] = far;
    }
    i64 sum = 0;
    for (i32 n = 0; n < count; ++n) sum += nearest[n];
    return sum;
  }

  void rank() {
    sort_by(order_, [this](i32 at) { return -solitude(at); });
    const i32 count = size();
    for (i32 n = 0; n < count; ++n)
      members_[order_[n]].rank = i64(n) * larger(count - ELITE, 0) / count;
    sort_by(order_, [this](i32 at) { return members_[at].plan.cost; });
    for (i32 n = 0; n < count; ++n) members_[order_[n]].rank += n;
  }

  // A twin of a better one if there is one, else the last in rank; never the cheapest.
  void drop_one() {
    i32 worst = 1;
    bool twin = false;
    for (i32 n = 1; n < size(); ++n) {
      bool like = false;
      for (i32 m = 0; m < n && !like; ++m)
        like = far_[order_[n] * ROOM + order_[m]] < TWIN;
      if (like != twin ? like : members_[order_[n]].rank > members_[order_[worst]].rank) worst = n;
      twin = twin || like;
    }
    for (i32 n = worst; n + 1 < size(); ++n) order_[n] = order_[n + 1];
    order_.pop();
    rank();
  }
};

}  // namespace callcycle
