import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { Button, type ButtonSize, type ButtonVariant } from './button.tsx';

interface CopyButtonProps {
  text: string;
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

/** Puts `text` on the clipboard and says so for two seconds. */
export function CopyButton({ text, label, variant = 'secondary', size = 'md' }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = window.setTimeout(() => setOutcome('idle'), 2_000);
    return () => window.clearTimeout(timer);
  }, [outcome]);

  const handleClick = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  const said = { idle: label, copied: 'Copied', failed: 'Copying is blocked by the browser' };
  return (
    <Button
      variant={variant}
      size={size}
      icon={outcome === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      onClick={handleClick}
    >
      <span aria-live="polite">{said[outcome]}</span>
    </Button>
  );
}
