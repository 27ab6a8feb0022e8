/**
 * How well `query` fits `text`: 0 when it does not, more is better, at most 1. Letters must come in order; a whole
 * word counts more than a word's start, that more than a place inside of a word, letters apart least of all. Case and
 * accents do not matter; several words of a query may fit in any order.
 */
export function fuzzyScore(query: string, text: string): number {
  const words = fold(query).split(' ').filter(Boolean);
  if (words.length === 0) return 1;
  const target = fold(text);
  let sum = 0;
  for (const word of words) {
    const score = wordScore(word, target);
    if (score === 0) return 0;
    sum += score;
  }
  // Between equals the shorter text is the closer one.
  return (sum / words.length) * (0.9 + 0.1 / (1 + target.length / 20));
}

function wordScore(word: string, target: string): number {
  if (target === word) return 1;
  const at = target.indexOf(word);
  if (at === 0) return 0.9;
  if (at > 0) {
    const starts = [...target.matchAll(/(?<=[^\p{L}\p{N}])[\p{L}\p{N}]/gu)].some(({ index }) =>
      target.startsWith(word, index),
    );
    return starts ? 0.8 : 0.5;
  }
  return lettersApart(word, target);
}

function lettersApart(word: string, target: string): number {
  let at = -1;
  let steps = 0;
  for (const letter of word) {
    const next = target.indexOf(letter, at + 1);
    if (next === -1) return 0;
    const startsWord = next === 0 || target[next - 1] === ' ';
    if (next === at + 1 || startsWord) steps += 1;
    at = next;
  }
  // Single letters strewn over a long text are chance, not a match.
  return steps * 2 >= word.length ? 0.1 + (0.3 * steps) / word.length : 0;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * The items that fit `query`, best first, equals in their given order. `textsOf` gives an item's texts from the most
 * telling to the least; a later one counts less.
 */
export function fuzzyRank<Item>(items: readonly Item[], query: string, textsOf: (item: Item) => string[]): Item[] {
  return items
    .map((item) => {
      const scores = textsOf(item).map((text, index) => fuzzyScore(query, text) * 0.8 ** index);
      return { item, score: Math.max(0, ...scores) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
