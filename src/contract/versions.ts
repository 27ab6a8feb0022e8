/** The API versions whose forms Deskbell knows, oldest first. */
export const apiVersions = ['2.9', '2.10', '2.11'] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** The form used where a caller names no version. */
export const defaultVersion: ApiVersion = '2.11';

/** Whether `version` comes before `other`. Versions are pairs of numbers: 2.9 is before 2.10. */
export function isBefore(version: ApiVersion, other: ApiVersion): boolean {
  return apiVersions.indexOf(version) < apiVersions.indexOf(other);
}

/**
 * The form to serve for an `Intercom-Version` header: what is newer than 2.11 gets 2.11, what is older than 2.9 gets
 * 2.9, `Preview` and `Unstable` get the newest. Undefined for a text that is no version of the API.
 */
export function servedVersion(header: string): ApiVersion | undefined {
  if (header === 'Preview' || header === 'Unstable') return '2.11';
  const match = /^([12])\.(0|[1-9]\d?)$/.exec(header);
  if (!match) return undefined;
  const major = Number(match[1]);
  const minor = Number(match[2]);
  if (major === 1) return minor <= 4 ? '2.9' : undefined;
  if (minor > 17) return undefined;
  if (minor <= 9) return '2.9';
  return minor === 10 ? '2.10' : '2.11';
}
