// What does a developer use in place of the state's sign-in? The stand-in of the tests: it says what TARA says, of people who are invented.
//   npm run tara            back to http://localhost:3000
//   npm run tara -- ORIGIN  back to where the product stands
import { client, openTara, testCode } from '../test/tara.ts'

const origin = (process.argv[2] ?? 'http://localhost:3000').replace(/\/$/, '')
const { issuer, cards, close } = await openTara(`${origin}/sign-in/oidc/back`)
for (const [nth, given] of ['Kim', 'Lea', 'Lou'].entries())
  cards.push({
    code: testCode(nth + 1),
    given,
    family: 'Näidis',
    amr: ['idcard', 'mID', 'smartid'][nth] ?? '',
    acr: 'high',
  })

process.stdout.write(`Its people, all invented: ${cards.map((one) => `${one.given} ${one.code} (${one.amr})`).join(', ')}.
Somebody links one of them to her own account under „Minu konto“ first. Start the product beside it with

  TUGIVORK_OIDC_ISSUER=${issuer} TUGIVORK_OIDC_CLIENT_ID=${client.id} TUGIVORK_OIDC_CLIENT_SECRET=${client.secret} npm start

`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().then(() => process.exit(0)))
