// Which code decides who may do what, who answers for it, and why is the rest of its two folders not asked?

/** Each line of these is made weaker. */
export const decides: readonly string[] = [
  'app/core/user.ts',
  'app/core/operation.server.ts',
  'app/core/guard.server.tsx',
  'app/core/session.server.ts',
  'app/core/page.tsx',
  'app/core/db.server.ts',
  'app/core/database-errors.server.ts',
  'app/core/keys/row-seal.server.ts',
  'app/core/turn/turns.server.ts',
  'app/core/turn/address.ts',
  'app/access/access.ts',
  'app/access/fresh.ts',
  'app/access/passkey/passkey.ts',
]

/** The tests that are asked whether they notice, the quick ones first. */
export const judges: readonly string[] = [
  'app/core/user.test.ts',
  'app/core/database-errors.test.ts',
  'app/core/keys/row-seal.test.ts',
  'app/access/access.test.ts',
  'app/access/passkey/passkey.test.ts',
  'app/core/db.test.ts',
  // Fills what is remembered of statements, so that those after it are planned each time.
  'app/core/connections.test.ts',
  'app/core/around.test.ts',
  'app/core/operation.test.ts',
  'app/core/session.test.ts',
  'app/core/requests.test.ts',
  'app/core/leaving.test.ts',
  'app/core/pages.test.ts',
  'app/access/proof.test.ts',
]

/** What came of each of them, to be looked at afterwards. */
export const report = '.build/mutants.json'

type Left = { why: string; files: readonly string[] }

/** What else there is in `app/core` and `app/access`; a new file has to be put here or there. */
export const left: readonly Left[] = [
  {
    why: 'words, fields and what is shown: it decides about nothing',
    files: [
      'app/core/{answer,calendar,form,saved}/*',
      'app/core/{clock.server,drafts.server,errors,log.server,setting,settings.server}.ts',
      'app/access/**/*.tsx',
      'app/access/{account,calendar}/*.ts',
      'app/access/settings/setting-*.ts',
      'app/access/{invitation/invitation,oidc/identity,oidc/trouble,people/account-holder,sign-in/language}.ts',
    ],
  },
  {
    why: 'what opens what is sealed: test/proof/seals.test.ts alters it byte by byte',
    files: ['app/core/seal.server.ts', 'app/core/keys/{alarm.server,ring.server,sealed-columns}.ts'],
  },
  {
    why: 'how somebody shows who they are: each way in has forged answers of its own (door, passkeys, forged, browser.test.ts)',
    files: [
      'app/access/{browser.server,door.server,factor.server,password,passwords.server}.ts',
      'app/core/turn/fair-line.ts',
      'app/access/oidc/{found,identities,provider,trip}.server.ts',
      'app/access/oidc/token.ts',
      'app/access/passkey/{ceremony,challenge,passkeys}.server.ts',
      'app/access/passkey/passkey.browser.ts',
      'app/access/sign-in/step.server.ts',
    ],
  },
  {
    why: 'asks the database, whose policies and functions decide and are made weaker themselves (test/proof/authorization/mutants)',
    files: [
      'app/access/holders.server.ts',
      'app/access/{invitation,new-browser,people,settings,substitution,two-people,walls,ways}/*.server.ts',
      'app/access/{settings/asked,substitution/substitution,two-people/confirmation,walls/relation}.ts',
    ],
  },
]
