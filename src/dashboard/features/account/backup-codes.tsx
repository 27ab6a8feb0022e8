import Download from 'lucide-react/icons/download';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

/** The codes that let the person in without their device, to be kept elsewhere. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const text = codes.join('\n');
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted text-sm">
        When you lose the phone, each lets you in once. Keep them with your passwords; they are not shown again.
      </p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-line bg-canvas p-3 font-mono text-sm sm:grid-cols-3">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy codes" size="sm" />
        <Button size="sm" icon={<Download aria-hidden="true" />} onClick={() => download(text)}>
          Download
        </Button>
      </div>
    </div>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([`Backup codes for Deskbell. Each works once.\n\n${text}\n`]));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'deskbell-backup-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}
