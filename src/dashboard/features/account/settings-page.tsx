import { useQuery } from '@tanstack/react-query';
import { sessionQueries } from '../../lib/session.ts';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** What a person sets for themselves. */
export function SettingsPage() {
  // The shell shows no screen before this is known.
  const person = useQuery(sessionQueries.current()).data?.person;
  return (
    <div className="mx-auto flex max-w-5xl flex-col p-4 md:p-6">
      <title>Settings · Deskbell</title>
      <h1 tabIndex={-1} className="pb-4 font-semibold text-xl outline-none">
        Settings
      </h1>
      {person && (
        <>
          <ProfileSection person={person} />
          <PasswordSection person={person} />
          <SecondFactorSection person={person} />
          <PasskeysSection person={person} />
          <SessionsSection />
        </>
      )}
    </div>
  );
}
