// Small things every file needs: whole numbers, arrays that own their memory, random numbers.
// Integers only: the same input gives the same plan on every machine.
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

namespace callcycle {

using i32 = int32_t;
using i64 = int64_t;
using u32 = uint32_t;
using u64 = uint64_t;

constexpr i32 NEVER = 1 << 29;  // later than any second of a day
constexpr i32 TOO_EARLY = -NEVER;
constexpr i64 NO_WAY = i64(1) << 60;  // dearer than any plan
constexpr i32 NONE = -1;

template <class T>
T smaller(T a, T b) { return b < a ? b : a; }
template <class T>
T larger(T a, T b) { return a < b ? b : a; }

// A growing array of plain values; grows by doubling, never shrinks, is copied as bytes.
template <class T>
class Array {
 public:
  Array() = default;
  explicit Array(i64 size, T value = T{}) { resize(size, value); }
  Array(const Array& other) { *this = other; }
  ~Array() { free(items_); }
  Array& operator=(const Array& other) {
    if (this == &other) return *this;
    reserve(other.size_);
    size_ = other.size_;
    if (size_) memcpy(items_, other.items_, size_ * sizeof(T));
    return *this;
  }
  void resize(i64 size, T value = T{}) {
    reserve(size);
    for (i64 n = size_; n < size; ++n) items_[n] = value;
    size_ = size;
  }
  void fill(T value) { for (i64 n = 0; n < size_; ++n) items_[n] = value; }
  void push(T item) {
    if (size_ == room_) reserve(size_ ? 2 * size_ : 8);
    items_[size_++] = item;
  }
  T pop() { return items_[--size_]; }
  void clear() { size_ = 0; }
  void swap_remove(i64 at) { items_[at] = items_[--size_]; }
  i32 size() const { return i32(size_); }
  bool empty() const { return size_ == 0; }
  T& operator[](i64 at) { return items_[at]; }
  const T& operator[](i64 at) const { return items_[at]; }
  T* begin() { return items_; }
  T* end() { return items_ + size_; }
  const T* begin() const { return items_; }
  const T* end() const { return items_ + size_; }

 private:
  void reserve(i64 room) {
    if (room <= room_) return;
    items_ = static_cast<T*>(realloc(static_cast<void*>(items_), room * sizeof(T)));
    if (!items_) abort();
    room_ = room;
  }
  T* items_ = nullptr;
  i64 size_ = 0, room_ = 0;
};

// Ascending by key, equal keys in their old order.
template <class T, class Key>
void sort_by(Array<T>& items, Key key) {
  if (items.size() < 2) return;
  struct Keyed { i64 key; i32 rank; T item; };
  Array<Keyed> keyed;
  for (i32 n = 0; n < items.size(); ++n) keyed.push({key(items[n]), n, items[n]});
  qsort(keyed.begin(), keyed.size(), sizeof(Keyed), [](const void* a, const void* b) {
    const Keyed &x = *static_cast<const Keyed*>(a), &y = *static_cast<const Keyed*>(b);
    if (x.key != y.key) return x.key < y.key ? -1 : 1;
    return x.rank < y.rank ? -1 : 1;
  });
  for (i32 n = 0; n < items.size(); ++n) items[n] = keyed[n].item;
}

// xorshift64* seeded through splitmix64.
class Random {
 public:
  explicit Random(u64 seed) {
    u64 z = seed + 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    state_ = (z ^ (z >> 31)) | 1;
  }
  u32 next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return u32((state_ * 0x2545F4914F6CDD1Du) >> 32);
  }
  i32 below(i32 bound) { return i32((u64(next()) * u64(bound)) >> 32); }
  bool one_in(i32 count) { return below(count) == 0; }

 private:
  u64 state_;
};

}  // namespace callcycle
