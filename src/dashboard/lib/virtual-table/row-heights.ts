export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** In pixels. Every row is as high as the next, so that where a row stands is a multiplication. */
export const rowHeights = { comfortable: 40, compact: 32, narrow: 60 } as const;

/** The same as classes. */
export const rowHeightClasses = { comfortable: 'h-10', compact: 'h-8', narrow: 'h-15' } as const;
