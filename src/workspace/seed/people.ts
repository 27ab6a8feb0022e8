/** The company of the demo: a shop for furniture and kitchenware that delivers across Europe. */
export const demoWorkspace = { name: 'Fennel & Oak', timezone: 'Europe/Amsterdam', region: 'EU', ageInDays: 1_142.4 };
export const emptyWorkspace = { name: 'New workspace', timezone: 'Etc/UTC', region: 'EU', ageInDays: 0 };

interface SeedAdmin {
  id: number;
  name: string;
  email: string;
  job_title?: string;
  away_mode_enabled?: boolean;
  away_mode_reassign?: boolean;
  has_inbox_seat?: boolean;
  email_verified?: boolean;
}

export const owner: SeedAdmin = { id: 801, name: 'Workspace owner', email: 'owner@deskbell.example' };

const at = (name: string) => `${name}@fennelandoak.example`;

// The token acts as the first one.
export const demoAdmins: [SeedAdmin, ...SeedAdmin[]] = [
  { id: 801, name: 'Mirjam Aldewereld', email: at('mirjam'), job_title: 'Head of Customer Care' },
  { id: 802, name: 'Tomasz Wierzbicki', email: at('tomasz'), job_title: 'Support Team Lead' },
  { id: 803, name: 'Aoife Brannigan', email: at('aoife'), job_title: 'Support Specialist' },
  { id: 804, name: 'Samuel Okonjo', email: at('samuel'), job_title: 'Support Specialist', away_mode_enabled: true },
  { id: 805, name: 'Léa Charbonneau', email: at('lea'), job_title: 'Support Specialist' },
  {
    id: 806,
    name: 'Joris van der Heuvel',
    email: at('joris'),
    job_title: 'Delivery Coordinator',
    away_mode_enabled: true,
    away_mode_reassign: true,
  },
  { id: 807, name: 'Nanami Kurosawa', email: at('nanami'), job_title: 'Delivery Coordinator' },
  { id: 808, name: 'Paulo Figueira', email: at('paulo'), job_title: 'Product Quality Engineer' },
  { id: 809, name: 'Ingrid Solheim', email: at('ingrid'), job_title: 'Finance Controller' },
  { id: 810, name: 'Yusuf Demirtaş', email: at('yusuf'), job_title: 'Software Engineer' },
  { id: 811, name: 'Hannah Pfeiffer', email: at('hannah'), job_title: 'Data Analyst', has_inbox_seat: false },
  { id: 812, name: 'Order bot', email: at('order-bot'), has_inbox_seat: false, email_verified: false },
];

export const demoTeams: { id: number; name: string; primary: number[]; secondary: number[] }[] = [
  { id: 61, name: 'Customer care', primary: [802, 803, 804, 805], secondary: [801] },
  { id: 62, name: 'Delivery and returns', primary: [806, 807], secondary: [803, 805] },
  { id: 63, name: 'Product quality', primary: [808], secondary: [802] },
  { id: 64, name: 'Finance', primary: [809], secondary: [] },
  { id: 65, name: 'Engineering', primary: [810], secondary: [808] },
];
