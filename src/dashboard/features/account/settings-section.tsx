import { type ReactNode, useId } from 'react';

interface SettingsSectionProps {
  title: string;
  /** What it is for, in a sentence or two. */
  text: ReactNode;
  children: ReactNode;
}

/** One subject of the settings: what it is at the start of the line, what can be done about it beside. */
export function SettingsSection({ title, text, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-4 border-line border-t py-8 md:grid-cols-[16rem_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-1">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <p className="text-muted text-sm">{text}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
