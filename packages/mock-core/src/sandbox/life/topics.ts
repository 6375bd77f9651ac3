/** What visitors and agents talk about, in words that fit any shop. */
export interface Topic {
  readonly subject: string;
  readonly question: string;
  readonly answer: string;
  /** What can follow, each a message of the visitor and the response to it. */
  readonly more: readonly (readonly [visitor: string, agent: string])[];
  readonly thanks: string;
  readonly ratings: Readonly<Record<'good' | 'bad', readonly string[]>>;
}

const ratings = {
  good: ['Quick and kind', 'Very helpful', '', 'All clear now', ''],
  bad: ['It took too long', '', 'I still have no answer'],
} as const;

export const topics: readonly [Topic, ...Topic[]] = [
  {
    subject: 'When does my order arrive?',
    question: 'When does my order arrive? It was to be here yesterday.',
    answer: 'It left our warehouse this morning and should be with you in two days.',
    more: [
      ['Can I see where it is?', 'Yes, the link is in the message that we sent you when it left.'],
      ['Can it go to my office instead?', 'The driver can change that until the evening. I have noted the address.'],
      ['Do I have to be at home?', 'No, the driver leaves it with a neighbour if you are out.'],
    ],
    thanks: 'Good, then I will wait. Thank you.',
    ratings,
  },
  {
    subject: 'Sending something back',
    question: 'How do I send something back?',
    answer: 'Print the label from your account and take the parcel to any post office.',
    more: [
      ['I do not have a printer.', 'Then show the code on your phone, they print it for you.'],
      ['How long do I have?', 'Thirty days from the day it arrived.'],
      ['When do I get my money?', 'Within five days after it is back with us.'],
    ],
    thanks: 'That was easy, thanks.',
    ratings,
  },
  {
    subject: 'Which size do I need?',
    question: 'I am between two sizes. Which one do I take?',
    answer: 'Take the larger one. Most people with your measures do.',
    more: [
      ['And if it does not fit?', 'You can exchange it once, and we pay for it.'],
      ['Is the smaller one in stock too?', 'There are four left in blue and two in green.'],
    ],
    thanks: 'I will take the larger one, then.',
    ratings,
  },
  {
    subject: 'A mistake in my invoice',
    question: 'There is a mistake in my invoice, the address is an old one.',
    answer: 'I have corrected it and sent you a new one.',
    more: [
      ['Can you change it for all orders?', 'Yes, I have changed it in your account.'],
      ['The tax number is missing as well.', 'Please send it to me here, and I add it.'],
    ],
    thanks: 'It has just arrived, thank you.',
    ratings,
  },
  {
    subject: 'It arrived broken',
    question: 'The parcel arrived today, and one part is broken.',
    answer: 'I am sorry. A new part leaves today, you pay nothing.',
    more: [
      ['Do you need the broken one?', 'No, you can throw it away.'],
      ['How long does it take?', 'Two to three days.'],
      ['Shall I send you a photo?', 'Yes, please. It helps us to find out what happened.'],
    ],
    thanks: 'Wonderful, thank you!',
    ratings,
  },
  {
    subject: 'A question before I order',
    question: 'Do you ship to my country, and what does it cost?',
    answer: 'We do. It costs 6.90, and nothing for orders over 80.',
    more: [
      ['Is there anything to pay at customs?', 'No, that is in the price.'],
      ['How can I pay?', 'By card, by transfer, or when it arrives.'],
    ],
    thanks: 'Then I will order now.',
    ratings,
  },
];
