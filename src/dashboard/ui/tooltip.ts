interface TooltipAttributes {
  'data-tooltip': string;
  'data-tooltip-keys'?: string;
}

/**
 * Attributes that give any element a tooltip: `<a {...tooltip('Tickets', 'g t')}>`. One listener serves the whole page,
 * so a list with a hundred of them costs nothing. The text must not be the only way to learn what it says.
 */
export function tooltip(text: string, keys?: string): TooltipAttributes {
  return keys === undefined ? { 'data-tooltip': text } : { 'data-tooltip': text, 'data-tooltip-keys': keys };
}
