import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import { applyTheme, theme, themes } from '../lib/preferences.ts';
import { useStored } from '../lib/stored.ts';
import { IconButton } from '../ui/button.tsx';

const icons = { system: Monitor, light: Sun, dark: Moon };
const labels = { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' };

/** Goes through the themes: as the system, light, dark. */
export function ThemeButton() {
  const current = useStored(theme) ?? 'system';
  const Icon = icons[current];
  return (
    <IconButton
      label={labels[current]}
      icon={<Icon />}
      onClick={() => {
        theme.set(themes[(themes.indexOf(current) + 1) % themes.length]);
        applyTheme();
      }}
    />
  );
}
