import { CopyButton } from '../../ui/copy-button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { exactTime } from '../../ui/time-text.ts';
import type { Invitation } from './queries.ts';

/** The link that lets someone in: shown this once, to be handed on. */
export function InvitationPanel({ invitation }: { invitation: Invitation }) {
  const { person, link, expires_at: expiresAt, sent_to: sentTo } = invitation;
  return (
    <div className="flex flex-col gap-3">
      <p role="status">
        {sentTo === null
          ? `Nothing was mailed. Send ${person.name} this link yourself, in a way that nobody else can read.`
          : `The link was mailed to ${sentTo}. You can also hand it on yourself.`}
      </p>
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Invitation link" className="min-w-52 flex-1">
          <Input
            readOnly
            data-autofocus=""
            value={link}
            className="font-mono text-sm"
            onFocus={({ target }) => target.select()}
          />
        </Field>
        <CopyButton text={link} label="Copy link" />
      </div>
      <p className="text-muted text-sm">
        It works once, until {exactTime(expiresAt)} (<RelativeTime time={expiresAt} />
        ). It is shown only now; you can make a new one at any time, and this one then stops working.
      </p>
    </div>
  );
}
