// How does a real browser get a key that is plugged in, and a finger that is always there?
import type { CDPSession, Page } from 'playwright-core'

export type VirtualKey = { cdp: CDPSession; id: string }

/** A key like that of a phone: it remembers whose it is, and asks for a finger. */
export async function plugIn(page: Page): Promise<VirtualKey> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, id: authenticatorId }
}
