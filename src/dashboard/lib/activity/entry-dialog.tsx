import { useQuery } from '@tanstack/react-query';
import Undo2 from 'lucide-react/icons/undo-2';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { exactTime } from '../../ui/time-text.ts';
import { paths } from '../paths.ts';
import { sessionQueries } from '../session.ts';
import { ChangesTable } from './changes-table.tsx';
import { entryAsText, objectHref, objectInWords, outcomeOf, refusalInWords, wholeObject } from './entry-words.ts';
import { operationInWords } from './operation-words.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import { RevertDialog } from './revert-dialog.tsx';

const linkClass = 'text-accent no-underline hover:underline';

/** Everything about one entry of the log, and the ways on from it: to what it was about, and to take it back. */
export function EntryDialog({ entry, onClose }: { entry: ActivityEntry; onClose: () => void }) {
  const [isReverting, setIsReverting] = useState(false);
  const { data: session } = useQuery(sessionQueries.current());
  const may = (operation: string) => session?.operations.includes(operation) === true;
  // To take a change back is to make one, so it takes the same permission.
  const mayRevert = entry.can_revert && may('revertActivity') && may(entry.operation);
  const operation = operationInWords(entry.operation);
  const { person, object, changes } = entry;
  const href = objectHref(object);
  const about = objectInWords(entry);

  if (isReverting) return <RevertDialog entry={entry} onClose={() => setIsReverting(false)} onDone={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={operation}
      footer={
        <>
          <CopyButton variant="ghost" text={entryAsText(entry, operation)} label="Copy details" />
          {mayRevert && (
            <Button icon={<Undo2 />} onClick={() => setIsReverting(true)}>
              Take this change back
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[7rem_1fr]">
          <Fact label="Outcome">
            <span className="flex flex-wrap items-center gap-2">
              <OutcomeBadge entry={entry} />
              <Consequence entry={entry} />
            </span>
          </Fact>
          <Fact label="When">
            {exactTime(entry.at)} (<RelativeTime time={entry.at} />)
          </Fact>
          <Fact label="Who">
            {person ? (
              <>
                {person.name} ·{' '}
                <Link to={paths.activity.href({ person: person.id })} onClick={onClose} className={linkClass}>
                  Everything by {person.name}
                </Link>
              </>
            ) : (
              <span className="text-muted">Someone who was not signed in</span>
            )}
          </Fact>
          {object !== null && (
            <Fact label="About">
              {href === undefined ? (
                about
              ) : (
                <Link to={href} onClick={onClose} className={linkClass}>
                  {about}
                </Link>
              )}{' '}
              ·{' '}
              <Link to={paths.activity.href({ object: wholeObject(object) })} onClick={onClose} className={linkClass}>
                Everything about this
              </Link>
            </Fact>
          )}
          <Fact label="From">{entry.address ?? <span className="text-muted">Unknown</span>}</Fact>
          <Fact label="Request">
            <code className="select-all font-mono text-sm">{entry.request_id}</code>
          </Fact>
        </dl>
        {changes.length > 0 && (
          <ChangesTable
            label={`What ${operation} changed`}
            columns={['Before', 'After']}
            rows={changes.map(({ field, before, after }) => ({ field, values: [before, after] }))}
          />
        )}
        {changes.length === 0 && outcomeOf(entry) === 'done' && (
          <p className="text-muted">It is not recorded which fields this changed.</p>
        )}
      </div>
    </Dialog>
  );
}

function Consequence({ entry }: { entry: ActivityEntry }) {
  const outcome = outcomeOf(entry);
  if (outcome === 'refused') return `${refusalInWords(entry)}. Nothing was changed.`;
  if (outcome === 'unknown') return 'Deskbell stopped before the answer came. Look at the object to see what holds.';
  return entry.reverts === null ? null : 'This took an earlier change back.';
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:-mb-2 max-sm:text-sm">{label}</dt>
      <dd className="wrap-anywhere min-w-0">{children}</dd>
    </div>
  );
}
