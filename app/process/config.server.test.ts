// Is a wrong setting named, and is production never left to the defaults of a demo?
import { expect, test } from 'vitest'
import { readConfig } from './config.server.ts'

const production = {
  TUGIVORK_MODE: 'production',
  TUGIVORK_ORIGIN: 'https://tugivork.example',
  TUGIVORK_SECRETS: '/etc/tugivork/secrets.json',
  TUGIVORK_SIGNER: '/etc/tugivork/signer.json',
  TUGIVORK_ANCHORS: 'file:/srv/anchors, mailto:akt@agency.example https://user:pw@archive.example/tugivork/',
  TUGIVORK_SENDER: 'tugivork@tugivork.example',
  SMTP_URL: 'smtps://post.example:465',
  DATABASE_URL: 'postgres://admin:parool@%2Frun%2Fpostgresql:5432/tugivork',
  TUGIVORK_PROXIES: '127.0.0.1, 10.1.0.0/16',
}

test('without any setting it is a demo on this machine only', () => {
  const config = readConfig({ PORT: '' })
  expect(config).toMatchObject({
    demo: true,
    databaseUrl: null,
    host: '127.0.0.1',
    port: 3000,
    origin: 'http://localhost:3000',
  })
  expect(config.dataDir).toMatch(/\/\.data$/)
  expect(config.secretsFile).toBe(`${config.dataDir}/secrets.json`)
  expect(config.mail).toMatchObject({ smtpUrl: null, outbox: `${config.dataDir}/mail` })
})

test('a server of one’s own does not make it production', () => {
  expect(readConfig({ DATABASE_URL: production.DATABASE_URL }).demo).toBe(true)
})

test('production takes what it was given', () => {
  expect(readConfig(production)).toMatchObject({
    demo: false,
    origin: 'https://tugivork.example',
    databaseUrl: production.DATABASE_URL,
  })
})

test.each(Object.keys(production).filter((name) => name !== 'TUGIVORK_MODE'))(
  'production without %s is refused',
  (name) => {
    expect(() => readConfig({ ...production, [name]: undefined })).toThrow(name)
  },
)

test('the places that keep how the log stood are called without what opens them', () => {
  expect(readConfig(production).anchors.map((place) => place.name)).toEqual([
    'file:/srv/anchors',
    'mailto:akt@agency.example',
    'https://archive.example/tugivork/',
  ])
  expect(readConfig({}).anchors).toHaveLength(2)
})

test.each([
  ['PORT', 'kolm', /PORT peab olema täisarv/],
  ['PORT', '70000', /PORT peab olema täisarv/],
  ['DATABASE_URL', 'mysql://localhost/x', /DATABASE_URL peab olema PostgreSQLi aadress/],
  ['SMTP_URL', 'post.ee', /SMTP_URL peab olema/],
  ['TUGIVORK_MODE', 'toodang', /TUGIVORK_MODE saab olla demo või production/],
  ['TUGIVORK_ORIGIN', 'http://tugivork.example', /algama https/],
  ['TUGIVORK_ORIGIN', 'https://tugivork.example/tee', /ilma teeta/],
  ['TUGIVORK_SECRETS', 'secrets.json', /täielik tee/],
  ['TUGIVORK_SENDER', 'tugivork', /e-posti aadress/],
  ['TUGIVORK_SIGNER', 'signer.json', /täielik tee/],
  ['TUGIVORK_PROXIES', 'balancer.example', /vaheserverid/],
  ['TUGIVORK_PROXIES', '10.0.0.0/99', /vaheserverid/],
  ['TUGIVORK_ANCHORS', 'ftp://archive.example', /peab loetlema kohad/],
  ['TUGIVORK_ANCHORS', 'file:anchors', /peab loetlema kohad/],
  ['TUGIVORK_ANCHORS', 'mailto:a@b.example,mailto:c@', /peab loetlema kohad/],
  ['TUGIVORK_ANCHORS', 'file:/srv/anchors', /vähemalt kaks kohta/],
  ['TUGIVORK_ANCHORS', 'mailto:a@b.example, mailto:c@B.example', /vähemalt kaks kohta/],
  ['TUGIVORK_ANCHORS', 'https://x.example/a/ http://x.example/b', /vähemalt kaks kohta/],
])('%s=%s is refused in words', (name, value, message) => {
  expect(() => readConfig({ ...production, [name]: value })).toThrow(message)
})

test.each([
  'postgres://admin:parool@db.example/tugivork',
  'postgres://admin:parool@10.0.0.5:5432/tugivork?sslmode=require',
  'postgres://admin:parool@db.example/tugivork?sslmode=no-verify',
  'postgres://admin:parool@db.example/tugivork?sslmode=verify-full&sslmode=disable',
  'postgres://admin:parool@db.example/tugivork?sslmode=verify-full&ssl=0',
  'postgres://admin:parool@localhost/tugivork?host=db.example',
  'postgres://admin:parool@localhost.example/tugivork',
])('%s is on another machine, and the line to it is neither closed nor proven', (url) => {
  for (const env of [{ DATABASE_URL: url }, { ...production, DATABASE_URL: url }])
    expect(() => readConfig(env)).toThrow(/DATABASE_URL[\s\S]*Lisa aadressi lõppu \?sslmode=verify-full/)
})

test.each([
  production.DATABASE_URL,
  'postgres://admin@localhost/tugivork',
  'postgres://admin@127.0.0.1:5433/tugivork',
  'postgres://admin@[::1]/tugivork',
  'postgresql://admin@db.example/tugivork?host=/run/postgresql',
  'postgres://admin:parool@db.example/tugivork?sslmode=verify-full',
  'postgres://admin:parool@db.example/tugivork?sslmode=verify-full&sslrootcert=/etc/ca.pem',
])('%s is reached', (url) => {
  expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url)
})

test('every wrong variable is named at once', () => {
  expect(() => readConfig({ PORT: 'x', SMTP_URL: 'x' })).toThrow(/PORT[\s\S]*SMTP_URL/)
})

const oidc = {
  TUGIVORK_OIDC_ISSUER: 'https://tara.naidis.example',
  TUGIVORK_OIDC_CLIENT_ID: 'tugivork',
  TUGIVORK_OIDC_CLIENT_SECRET_FILE: '/etc/tugivork/tara',
}

test('the state’s sign-in is whole or not there', () => {
  expect(readConfig(production).oidc).toBeNull()
  expect(readConfig({ ...production, ...oidc }).oidc).toEqual({
    issuer: 'https://tara.naidis.example',
    clientId: 'tugivork',
    secret: { file: '/etc/tugivork/tara' },
  })
  for (const name of Object.keys(oidc)) expect(() => readConfig({ ...oidc, [name]: '' })).toThrow(/tuleb määrata/)
})

test.each([
  ['TUGIVORK_OIDC_ISSUER', 'tara.ria.ee', /algab https/],
  ['TUGIVORK_OIDC_ISSUER', 'http://tara.example', /algab https/],
  ['TUGIVORK_OIDC_ISSUER', 'http://127.0.0.1:4000', /algama https/],
  ['TUGIVORK_OIDC_CLIENT_SECRET', 'saladus', /määratud kaks korda/],
  ['TUGIVORK_OIDC_CLIENT_SECRET_FILE', 'tara', /täielik tee/],
])('with real data %s=%s is refused', (name, value, message) => {
  expect(() => readConfig({ ...production, ...oidc, [name]: value })).toThrow(message)
})
