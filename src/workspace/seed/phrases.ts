/** What tickets of a furniture and kitchenware shop are made of. `{product}` and `{order}` stand for one of each. */
export const products = [
  ...[
    'Alder dining table',
    'Birch bookcase',
    'Bramble armchair',
    'Cedar bed frame',
    'Clay dinner set',
    'Copper kettle',
  ],
  ...[
    'Dune floor lamp',
    'Elm sideboard',
    'Fern rug',
    'Fjord sofa',
    'Harbour desk',
    'Hazel bar stool',
    'Juniper wardrobe',
  ],
  ...['Kelp shower curtain', 'Larch coffee table', 'Linen duvet set', 'Maple chopping board', 'Moss cushion'],
  ...['Oak step stool', 'Olive salad bowl', 'Pebble vase', 'Pine cot', 'Quartz pendant lamp', 'Rowan mirror'],
  ...['Sage knife block', 'Slate pan set', 'Thistle throw', 'Willow basket', 'Wren wall clock', 'Yarrow nightstand'],
];

/** Titles by the id of the ticket type. */
export const subjects: Record<number, string[]> = {
  1201: [
    '{product} arrived with a cracked corner',
    'Order {order} never arrived',
    'One box of order {order} is missing',
    'Wrong colour of {product} in order {order}',
    'Delivery of {product} is nine days late',
    'Screws missing for {product}',
    'Received somebody else’s {product}',
  ],
  1202: [
    'Return of {product} from order {order}',
    '{product} does not fit through the door',
    'How do I send back {product}?',
    'Return label for order {order} does not open',
    'Changed my mind about {product}',
    'Pick-up of {product} was missed twice',
  ],
  1203: [
    'Refund for order {order} has not come',
    'Refund is short of the delivery costs ({order})',
    'Charged twice for {product}',
    'Gift card refund for {product}',
    'Money back for the damaged {product}',
  ],
  1204: [
    'New address for order {order}',
    'Can {product} come on a Saturday?',
    'We are away next week: please hold {order}',
    'Deliver {product} to the third floor',
    'Another carrier for order {order}',
  ],
  1205: [
    '{product} broke after seven months',
    'Warranty claim: drawer of {product} jams',
    'Varnish peels off {product}',
    '{product} hums when it is switched on',
    'Leg of {product} came loose',
  ],
  1206: [
    'Is {product} suitable for outdoors?',
    'When will {product} be back in stock?',
    'What does {product} weigh?',
    'Which oil for {product}?',
    'Does {product} come in walnut?',
  ],
  1207: [
    'Cannot sign in since the new app',
    'Please change the email of my account',
    'Two accounts for one household',
    'Password link expires at once',
    'Close my account',
  ],
  1208: [
    'Trade account for a small hotel',
    'Interior designer asking for trade prices',
    'Forty {product}s for our offices',
    'VAT number is refused',
  ],
  1210: [
    'Batch of {product}: glaze chips at the rim',
    'Supplier report for {product} is overdue',
    '{product}: holes drilled 4 mm off',
    'Colour differs between two batches of {product}',
  ],
  1211: ['Count {product} in Tilburg', 'Stock of {product} is below zero', 'Recount after the move: {product}'],
  1212: [
    'Dispute over order {order}',
    'Chargeback: customer says {order} was not received',
    'Bank asks for evidence on {order}',
  ],
  1213: ['Copy of my data, please', 'Erase everything about me', 'Correction of my date of birth'],
  1214: [
    'Checkout hangs when a gift card covers all',
    'Picture of {product} is upside down in the app',
    'Order mail for {order} was sent four times',
    'Basket forgets {product} after signing in',
    'Filter by width finds nothing',
  ],
  1215: [
    'Payments are down',
    'Search answers with an error',
    'Order tracking shows no orders',
    'Shop is slow since 9:20',
  ],
  1216: [
    'Let me reserve {product} in a shop',
    'Packaging without plastic for {product}',
    'Evening delivery in the cities',
    'Spare parts for {product} in the shop',
  ],
};

/** For ticket types that are not the demo's. */
export const anySubjects = [
  'Question about order {order}',
  'Something is wrong with {product}',
  '{product}: who can help?',
  'Follow-up on order {order}',
  'Please look at {order} again',
];

/** Every so often a customer writes in another language. */
export const foreignSubjects = [
  'Lieferung {order} ist beschädigt angekommen',
  'La commande {order} n’est jamais arrivée 😞',
  'Pedido {order}: falta una caja',
  'Zamówienie {order} – brakuje śrub do {product}',
  'Bestelling {order} is niet geleverd',
  'طلب رقم {order} لم يصل بعد',
  'أين طلبي؟ {order}',
  'ההזמנה {order} הגיעה שבורה',
  '注文 {order} の商品が届きません',
  '🚨🚨 {product} 💔',
  '👩‍👩‍👧 Cot {order} – urgent!!',
  'Siparişim {order} gelmedi, İADE istiyorum',
  'Замовлення {order}: потрібна допомога',
  'Tilaus {order}: väärä väri',
];

/** Descriptions are two or three of these in a row. */
export const sentences = [
  'I ordered {product} three weeks ago and the tracking has not moved since.',
  'The box was wet on one side and had been opened and taped again.',
  'I have attached photos of the damage and of the label.',
  'We are at home on weekdays after four and all of Saturday.',
  'Order {order} was paid by card on the day it was placed.',
  'I called last week and was told that somebody would call back, which nobody did.',
  'A replacement would be best; otherwise I would like my money back.',
  'The assembly sheet for {product} shows parts that are not in the bag.',
  'It is a present, so it would be good to have it by Friday.',
  'Your colleague in the shop said that this would be no problem.',
  'There are two of us waiting for the same thing from order {order}.',
  'Please leave it with the neighbours at number 14 if nobody opens.',
  'Everything else in the order was perfect, thank you.',
  'I have been a customer since 2019 and this is the first time I have had to write.',
];

export const customerReplies = [
  '<p>Any news on this?</p>',
  '<p>Thanks for the quick answer. Saturday works for us.</p>',
  '<p>I have just sent the photos again:</p><ul><li>the corner</li><li>the label</li></ul>',
  '<p>That is not what I was told on the phone.</p><p>Can somebody call me, please?</p>',
  '<p>It arrived this morning, all good now 🎉</p>',
  '<p>The order number is <b>{order}</b>, as I wrote above.</p>',
  '<p>Do I have to print the label, or does the driver bring one?</p>',
];

export const teammateReplies = [
  '<p>Hello,</p><p>I am sorry about that. I have asked the carrier where order {order} is and will write again tomorrow.</p>',
  '<p>Thank you for the photos. We send a new {product} today; you need not return the broken one.</p>',
  '<p>The refund is on its way. It takes <b>three to five</b> working days to show.</p>',
  '<p>Could you tell us the number on the plate under the product?</p>',
  '<p>I have moved the delivery to Saturday between 9 and 13. Here is <a href="https://fennelandoak.example/track">the tracking</a>.</p>',
  '<p>Please use this label within fourteen days:</p><ol><li>Print it</li><li>Stick it over the old one</li><li>Give the parcel to the driver</li></ol>',
  '<p>Is there anything else that we can do for you?</p>',
];

export const notes = [
  '<p>Carrier says the parcel is in the Venlo depot since Tuesday.</p>',
  '<p>Third case with {product} this month; see quality.</p>',
  '<p>Customer was friendly on the phone, wants a replacement.</p>',
  '<p>Refund approved up to 80 EUR.</p>',
  '<p>@Finance: is {order} settled?</p>',
  '<p>Waiting for the supplier until Friday.</p>',
];

export const givenNames = [
  ...['Anouk', 'Bram', 'Carmen', 'Dariusz', 'Elif', 'Femke', 'Giulia', 'Henrik', 'Ines', 'Jakub', 'Katarína', 'Lars'],
  ...['Mehmet', 'Noor', 'Oscar', 'Paulina', 'Quentin', 'Renske', 'Søren', 'Tove', 'Umut', 'Valentina', 'Wout'],
  ...['Xenia', 'Youssef', 'Zofia', 'ליאור', 'فاطمة', 'Олена', '健'],
];

export const familyNames = [
  ...['Achterberg', 'Bianchi', 'Çelik', 'de Wit', 'Eriksson', 'Fernández', 'García', 'Hoffmann', 'Ibsen', 'Janssen'],
  ...['Kowalski', 'Lindqvist', 'Moreau', 'Nowak', 'O’Leary', 'Petrov', 'Quist', 'Rossi', 'Schmidt', 'Toivonen'],
  ...['Ünal', 'van Dijk', 'Wagner', 'Yıldız', 'Zielińska', 'מזרחי', 'الحسن', 'Шевченко', '田中'],
];

/** Country, region, city, dialling code, language. */
export const places: [string, string, string, string, string][] = [
  ['Netherlands', 'North Brabant', 'Tilburg', '+31', 'nl'],
  ['Netherlands', 'North Holland', 'Amsterdam', '+31', 'nl'],
  ['Germany', 'Berlin', 'Berlin', '+49', 'de'],
  ['Germany', 'Bavaria', 'München', '+49', 'de'],
  ['France', 'Île-de-France', 'Paris', '+33', 'fr'],
  ['Poland', 'Greater Poland', 'Poznań', '+48', 'pl'],
  ['Sweden', 'Skåne', 'Malmö', '+46', 'sv'],
  ['Spain', 'Catalonia', 'Barcelona', '+34', 'es'],
  ['Italy', 'Lombardy', 'Milano', '+39', 'it'],
  ['United Kingdom', 'England', 'Bristol', '+44', 'en'],
  ['Türkiye', 'İzmir', 'İzmir', '+90', 'tr'],
  ['Israel', 'Tel Aviv', 'Tel Aviv', '+972', 'he'],
];

export const companyNames = [
  ...['Atelier Noord', 'Bakkerij De Molen', 'Blauwhaus Architekten', 'Café Lumière', 'Casa Limón', 'Coworking Odra'],
  ...['Dental Care Malmö', 'Fjord Hotels', 'Galerie Sept', 'Gasthof Linde', 'Harbour View B&B', 'Hotel Perla'],
  ...['Instituto Duero', 'Jansen & Zonen', 'Kindergarten Sonne', 'Klinika Zdrowie', 'Kookstudio Noor', 'Lagerhaus 12'],
  ...['Maison Brume', 'Møbler & Mere', 'Nordlicht Studios', 'Osteria Vecchia', 'Pensjonat Mewa', 'Praktijk West'],
  ...['Quinta do Vale', 'Restaurant Zwart', 'Salon İzmir', 'Schule am Park', 'Shalom Boutique', 'Skandi Offices'],
  ...['Spa Botanica', 'Stadtwerke Nord', 'Studio Wren', 'Teehaus Kiku', 'The Bristol Reading Room', 'Tiny Homes SL'],
  ...['Uitgeverij Zeven', 'Villa Olive', 'Werkplaats Oost', 'Zenith Events'],
];

export const plans = ['Retail', 'Trade', 'Trade plus', 'Hospitality'];

export const tagNames = [
  ...[
    'VIP',
    'Trade customer',
    'Press',
    'Damaged in transit',
    'Refund promised',
    'Call back',
    'Black Friday',
    'Fragile',
  ],
  ...['Repeat issue', 'Supplier', 'Legal', 'Newsletter', 'Beta tester', 'Wholesale', 'Übergröße 📦'],
];
