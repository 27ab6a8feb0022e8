import type { AttributeDataType, TicketTypeCategory } from '#contract/ticket-types.ts';

export interface SeedAttribute {
  name: string;
  dataType: AttributeDataType;
  description?: string;
  items?: string[];
  multiline?: boolean;
  multiple?: boolean;
  /** Required of teammates, or of customers too. */
  required?: 'teammates' | 'everyone';
  /** Who sees it beside teammates; customers do unless it says otherwise. */
  internal?: boolean;
  archived?: boolean;
}

export interface SeedTicketType {
  id: number;
  name: string;
  description: string;
  icon: string;
  category: TicketTypeCategory;
  /** Days before the seeding: when it was created, and when it was last changed. */
  created: number;
  changed: number;
  archived?: boolean;
  attributes: SeedAttribute[];
}

const orderNumber: SeedAttribute = {
  name: 'Order number',
  dataType: 'string',
  description: 'On the confirmation email, for example FO-204815',
  required: 'everyone',
};
const carriers = ['DHL', 'DPD', 'GLS', 'PostNL', 'Own van'];

const customer: Omit<SeedTicketType, 'category'>[] = [
  {
    id: 1201,
    name: 'Order problem',
    description: 'Something is wrong with an order that was delivered, or should have been',
    icon: '📦',
    created: 352.31,
    changed: 3.18,
    attributes: [
      orderNumber,
      {
        name: 'What went wrong',
        dataType: 'list',
        items: ['Arrived late', 'Never arrived', 'Arrived damaged', 'Wrong item', 'Item missing'],
        required: 'everyone',
      },
      { name: 'Delivered on', dataType: 'datetime' },
      { name: 'Items affected', dataType: 'integer' },
      { name: 'Photos', dataType: 'files', multiple: true, description: 'Of the item and of its packaging' },
      { name: 'Wants a replacement', dataType: 'boolean' },
    ],
  },
  {
    id: 1202,
    name: 'Return request',
    description: 'A customer sends something back within thirty days',
    icon: '↩️',
    created: 352.29,
    changed: 12.62,
    attributes: [
      orderNumber,
      {
        name: 'Reason',
        dataType: 'list',
        items: ['Changed my mind', 'Does not fit', 'Not as described', 'Damaged', 'Found it cheaper'],
        required: 'everyone',
      },
      { name: 'Number of items', dataType: 'integer', required: 'everyone' },
      { name: 'Packaging opened', dataType: 'boolean' },
      { name: 'Pick up from', dataType: 'datetime', description: 'First day on which the carrier may call' },
      { name: 'Return label', dataType: 'files', internal: true },
      { name: 'Gift receipt', dataType: 'boolean', archived: true },
    ],
  },
  {
    id: 1203,
    name: 'Refund',
    description: 'Money back for an order, in full or in part',
    icon: '💶',
    created: 340.77,
    changed: 0.41,
    attributes: [
      orderNumber,
      { name: 'Amount', dataType: 'decimal', description: 'In the currency of the order', required: 'teammates' },
      { name: 'Currency', dataType: 'list', items: ['EUR', 'GBP', 'SEK', 'DKK', 'PLN', 'CHF'] },
      { name: 'Paid with', dataType: 'list', items: ['Card', 'Bank transfer', 'iDEAL', 'Klarna', 'Gift card'] },
      { name: 'Refund before', dataType: 'datetime', internal: true },
      { name: 'Goodwill gesture', dataType: 'boolean', internal: true },
    ],
  },
  {
    id: 1204,
    name: 'Delivery change',
    description: 'Another address, day or carrier for an order that has not arrived yet',
    icon: '🚚',
    created: 311.05,
    changed: 27.9,
    attributes: [
      orderNumber,
      { name: 'New address', dataType: 'string', multiline: true },
      { name: 'Preferred day', dataType: 'datetime' },
      { name: 'Carrier', dataType: 'list', items: carriers, internal: true },
      { name: 'May be left with a neighbour', dataType: 'boolean' },
    ],
  },
  {
    id: 1205,
    name: 'Warranty claim',
    description: 'A product failed within its warranty: five years for furniture, two for everything else',
    icon: '🛡️',
    created: 289.6,
    changed: 41.33,
    attributes: [
      orderNumber,
      { name: 'Serial number', dataType: 'string', description: 'On the plate under the product' },
      { name: 'Bought on', dataType: 'datetime', required: 'everyone' },
      { name: 'Months in use', dataType: 'integer' },
      { name: 'What happened', dataType: 'string', multiline: true, required: 'everyone' },
      { name: 'Proof of purchase', dataType: 'files' },
      { name: 'Repair estimate', dataType: 'decimal', internal: true },
    ],
  },
  {
    id: 1206,
    name: 'Product question',
    description: 'Before buying: sizes, materials, care, availability',
    icon: '🪑',
    created: 274.48,
    changed: 150.02,
    attributes: [
      { name: 'Product', dataType: 'string' },
      { name: 'About', dataType: 'list', items: ['Size', 'Material', 'Care', 'Availability', 'Assembly'] },
    ],
  },
  {
    id: 1207,
    name: 'Account and sign-in',
    description: 'Trouble getting into an account, or a change to one',
    icon: '🔑',
    created: 231.15,
    changed: 66.74,
    attributes: [
      { name: 'Account email', dataType: 'string', required: 'everyone' },
      { name: 'Problem', dataType: 'list', items: ['Cannot sign in', 'Change email', 'Close account', 'Other'] },
      { name: 'Last signed in', dataType: 'datetime', internal: true },
      { name: 'Identity checked', dataType: 'boolean', internal: true, required: 'teammates' },
    ],
  },
  {
    id: 1208,
    name: 'Trade account application',
    description: 'Interior designers, hotels and offices that want trade prices',
    icon: '🏨',
    created: 198.83,
    changed: 9.55,
    attributes: [
      { name: 'Company name', dataType: 'string', required: 'everyone' },
      { name: 'VAT number', dataType: 'string', required: 'everyone' },
      { name: 'Expected yearly spend', dataType: 'decimal', description: 'In euros, before VAT' },
      { name: 'Number of locations', dataType: 'integer' },
      { name: 'Registration documents', dataType: 'files', multiple: true, required: 'everyone' },
      { name: 'Fax number', dataType: 'string', archived: true },
    ],
  },
  {
    id: 1209,
    name: 'Gift card question',
    description: 'Replaced by "Order problem" and "Refund", which now take gift cards as well',
    icon: '🎁',
    created: 345.5,
    changed: 88.21,
    archived: true,
    attributes: [
      { name: 'Card number', dataType: 'string' },
      { name: 'Balance shown', dataType: 'decimal' },
      { name: 'Bought in a shop', dataType: 'boolean' },
    ],
  },
];

const backOffice: Omit<SeedTicketType, 'category'>[] = [
  {
    id: 1210,
    name: 'Supplier quality issue',
    description: 'Product quality asks a supplier to explain and to put right',
    icon: '🏭',
    created: 263.92,
    changed: 5.07,
    attributes: [
      {
        name: 'Supplier',
        dataType: 'list',
        items: ['Kvist Møbler', 'Porcelanas Duero', 'Tarnów Glass', 'Atelier Brume'],
      },
      { name: 'Batch number', dataType: 'string', required: 'teammates' },
      { name: 'Units affected', dataType: 'integer', required: 'teammates' },
      { name: 'Defect rate', dataType: 'decimal', description: 'Percent of the units inspected' },
      { name: 'Found on', dataType: 'datetime' },
      { name: 'Inspection reports', dataType: 'files', multiple: true },
      { name: 'Stop shipments', dataType: 'boolean' },
    ],
  },
  {
    id: 1211,
    name: 'Stock check',
    description: 'Someone counts what a warehouse really has',
    icon: '📋',
    created: 222.36,
    changed: 19.48,
    attributes: [
      { name: 'Article number', dataType: 'string', required: 'teammates' },
      { name: 'Warehouse', dataType: 'list', items: ['Tilburg', 'Poznań', 'Malmö'], required: 'teammates' },
      { name: 'Counted', dataType: 'integer' },
      { name: 'Expected', dataType: 'integer' },
      { name: 'Counted on', dataType: 'datetime' },
    ],
  },
  {
    id: 1212,
    name: 'Payment dispute',
    description: 'A bank has taken a payment back and wants our evidence',
    icon: '💳',
    created: 176.7,
    changed: 1.93,
    attributes: [
      { name: 'Dispute reference', dataType: 'string', required: 'teammates' },
      { name: 'Amount', dataType: 'decimal', required: 'teammates' },
      {
        name: 'Reason given',
        dataType: 'list',
        items: ['Fraudulent', 'Not received', 'Not as described', 'Duplicate'],
      },
      { name: 'Respond before', dataType: 'datetime', required: 'teammates' },
      { name: 'Evidence', dataType: 'files', multiple: true },
      { name: 'Accepted', dataType: 'boolean' },
    ],
  },
  {
    id: 1213,
    name: 'Personal data request',
    description: 'Access, correction or erasure under the GDPR: one month to answer',
    icon: '🗂️',
    created: 140.18,
    changed: 33.86,
    attributes: [
      {
        name: 'Kind of request',
        dataType: 'list',
        items: ['Access', 'Correction', 'Erasure', 'Transfer'],
        required: 'teammates',
      },
      { name: 'Received on', dataType: 'datetime', required: 'teammates' },
      { name: 'Identity checked', dataType: 'boolean' },
      { name: 'Systems searched', dataType: 'string', multiline: true },
      { name: 'Answer sent', dataType: 'files' },
    ],
  },
];

const tracker: Omit<SeedTicketType, 'category'>[] = [
  {
    id: 1214,
    name: 'Bug',
    description: 'A fault in the shop, the app or the warehouse software, with every ticket it causes',
    icon: '🐛',
    created: 333.54,
    changed: 0.09,
    attributes: [
      {
        name: 'Severity',
        dataType: 'list',
        items: ['Blocks orders', 'Serious', 'Minor', 'Cosmetic'],
        required: 'teammates',
      },
      {
        name: 'Where',
        dataType: 'list',
        items: ['Checkout', 'Product pages', 'Account', 'App', 'Warehouse', 'Emails'],
      },
      { name: 'Steps to reproduce', dataType: 'string', multiline: true, required: 'teammates' },
      { name: 'First seen', dataType: 'datetime' },
      { name: 'Customers affected', dataType: 'integer' },
      { name: 'Error rate', dataType: 'decimal', description: 'Percent of requests' },
      { name: 'Screenshots', dataType: 'files', multiple: true },
      { name: 'Workaround known', dataType: 'boolean' },
    ],
  },
  {
    id: 1215,
    name: 'Outage',
    description: 'A service is down for many customers at once',
    icon: '🚨',
    created: 120.64,
    changed: 14.27,
    attributes: [
      {
        name: 'Service',
        dataType: 'list',
        items: ['Shop', 'Payments', 'Search', 'Order tracking'],
        required: 'teammates',
      },
      { name: 'Started at', dataType: 'datetime', required: 'teammates' },
      { name: 'Ended at', dataType: 'datetime' },
      { name: 'Customers affected', dataType: 'integer' },
      { name: 'Status page updated', dataType: 'boolean' },
      { name: 'Pager alias', dataType: 'string', archived: true },
    ],
  },
  {
    id: 1216,
    name: 'Idea',
    description: 'What customers wish for, gathered in one place for the product team',
    icon: '💡',
    created: 61.72,
    changed: 22.4,
    attributes: [
      { name: 'Area', dataType: 'list', items: ['Range', 'Shop', 'Delivery', 'Packaging', 'Service'] },
      { name: 'Asked for by', dataType: 'integer', description: 'Number of customers' },
      { name: 'Worth', dataType: 'decimal', description: 'Expected yearly revenue, in thousands of euros' },
    ],
  },
];

export const demoTicketTypes: SeedTicketType[] = [
  ...customer.map((type) => ({ ...type, category: 'Customer' as const })),
  ...backOffice.map((type) => ({ ...type, category: 'Back-office' as const })),
  ...tracker.map((type) => ({ ...type, category: 'Tracker' as const })),
];
