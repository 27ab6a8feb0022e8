import Shapes from 'lucide-react/icons/shapes';
import { paths } from '../lib/paths.ts';

/** The rail's groups. An area that joins adds its line here. */
export const navigation = [
  {
    label: 'Configure',
    entries: [{ label: 'Ticket types', href: paths.ticketTypes.href(), icon: Shapes, shortcut: 'g y' }],
  },
];
