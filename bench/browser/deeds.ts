// What do people do on a page, beside reading it?
import type { Page } from 'playwright-core'

export type Deed = { name: string; page: string; act: (page: Page) => Promise<void> }

/** Each goes on until what was asked for is there: a press that leads nowhere is no deed. */
export const deeds: readonly Deed[] = [
  {
    ...{ name: 'open a row', page: 'list' },
    act: async (page) => {
      const row = page.locator('main table tbody tr a').first()
      const address = await row.getAttribute('href')
      await row.click()
      await page.waitForURL((url) => url.pathname === address)
      await page.locator('main h1').waitFor()
    },
  },
  {
    ...{ name: 'filter', page: 'list' },
    act: async (page) => {
      await page.locator('details.tv-filter > summary').click()
      await page.locator('details.tv-filter select[name=status]').selectOption('closed')
      await page.locator('details.tv-filter form button[type=submit], details.tv-filter form button').last().click()
      await page.waitForURL((url) => url.searchParams.get('status') === 'closed')
      await page.locator('main table tbody tr').first().waitFor()
    },
  },
  {
    ...{ name: 'save', page: 'form' },
    act: async (page) => {
      const form = page.locator('main form', { has: page.locator('textarea[name=note]') })
      await form.locator('input[name=way][value=phone]').check()
      await form.locator('input[name=minutes][value="30"]').check()
      await form.locator('textarea[name=note]').fill('Näidis-märge, paar lauset pikk.')
      await form.locator('button:not([type=button])').last().click()
      await page.waitForURL((url) => url.pathname === '/support/visits')
      await page.locator('main table').first().waitFor()
    },
  },
]
