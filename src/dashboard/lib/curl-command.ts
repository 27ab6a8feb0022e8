import type { Operation, PathParams } from '#contract/operation.ts';
import { fillPath } from '#contract/request.ts';

/** A cURL command for one operation without a body. The token is a placeholder: the browser never knows it. */
export function curlCommand<Path extends string>(
  { method, path, version }: Operation & { path: Path },
  params: PathParams<Path>,
): string {
  return [
    `curl -X ${method} "$INTERCOM_URL${fillPath(path, params)}"`,
    '-H "Authorization: Bearer $INTERCOM_ACCESS_TOKEN"',
    `-H "Intercom-Version: ${version}"`,
  ].join(' \\\n  ');
}
