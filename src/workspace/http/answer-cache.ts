const mostAnswers = 500;

/**
 * The bodies of answers that come from a workspace's configuration alone. One holds for as long as the workspace's
 * revision is the one it was read at, so nobody is ever told what was true before a write that was answered.
 */
export function createAnswerCache() {
  const answers = new Map<string, { revision: number; body: Uint8Array<ArrayBuffer> }>();
  return {
    get(key: string, revision: number): Uint8Array<ArrayBuffer> | undefined {
      const answer = answers.get(key);
      return answer?.revision === revision ? answer.body : undefined;
    },
    set(key: string, revision: number, body: Uint8Array<ArrayBuffer>): void {
      answers.delete(key);
      answers.set(key, { revision, body });
      // A Map keeps its order: the first key is the one that was read anew the longest ago.
      const [oldest] = answers.keys();
      if (answers.size > mostAnswers && oldest !== undefined) answers.delete(oldest);
    },
  };
}
