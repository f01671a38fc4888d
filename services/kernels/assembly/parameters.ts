/**
 * How every kernel is called: `kernel(p, begin, end)`. At `p` lie 32-bit parameters, written by the caller; the kernel
 * computes the units `begin` to `end` - 1 of its output. What a unit is (an element, a row) each kernel says. Units are
 * computed independently of each other, so any division of them among threads gives the same bits.
 */

// @ts-ignore: decorators of functions are of AssemblyScript
@inline
export function int(p: usize, index: i32): i32 {
  return load<i32>(p + (<usize>index << 2));
}

/** A parameter that is an address. */
// @ts-ignore: decorator
@inline
export function address(p: usize, index: i32): usize {
  return <usize>load<u32>(p + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function float(p: usize, index: i32): f32 {
  return load<f32>(p + (<usize>index << 2));
}

/** Start of this thread's scratch memory, which no other thread touches. */
let scratch: usize = 0;

/** Gives the thread its scratch memory of {@link scratchBytes} bytes. */
export function useScratch(at: usize): void {
  scratch = at;
}

// @ts-ignore: decorator
@inline
export function scratchMemory(): usize {
  return scratch;
}
