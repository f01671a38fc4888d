/** Address of the parameters of the kernel that runs. */
export const parametersAddress = 1024;
/** Most parameters of a kernel. */
export const maxParameters = 64;

/** Scratch memory of a thread, as the kernels lay it out. */
export const scratchBytes = 704 * 1024;

/** A kernel: computes units `begin` to `end` - 1 of what the parameters at `p` describe. */
export type Kernel = (p: number, begin: number, end: number) => void;
