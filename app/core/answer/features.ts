// What may a page do with the device that shows it?

/**
 * Everything that browsers let a page ask for; pages of ours ask for none of it (`features.test.ts` asks a browser what it knows by now). A few are
 * known to the browsers of phones alone.
 */
const off = `
  accelerometer aria-notify autoplay bluetooth browsing-topics camera
  captured-surface-control ch-device-memory ch-downlink ch-dpr ch-ect ch-prefers-color-scheme ch-prefers-reduced-motion
  ch-prefers-reduced-transparency ch-rtt ch-save-data ch-ua ch-ua-arch ch-ua-bitness ch-ua-form-factors ch-ua-full-version
  ch-ua-full-version-list ch-ua-high-entropy-values ch-ua-mobile ch-ua-model ch-ua-platform ch-ua-platform-version ch-ua-wow64
  ch-viewport-height ch-viewport-width ch-width clipboard-read clipboard-write compute-pressure cross-origin-isolated deferred-fetch
  deferred-fetch-minimal digital-credentials-create digital-credentials-get display-capture encrypted-media fullscreen gamepad
  geolocation gyroscope hid identity-credentials-get idle-detection interest-cohort keyboard-map language-detector language-model
  local-fonts local-network local-network-access loopback-network magnetometer media-playback-while-not-visible microphone midi
  on-device-speech-recognition otp-credentials payment picture-in-picture private-state-token-issuance private-state-token-redemption
  screen-wake-lock serial speaker-selection storage-access summarizer sync-xhr translator unload usb web-share window-management
  xr-spatial-tracking`

/** Passkeys are the one exception, on our own pages. */
const own = ['publickey-credentials-create', 'publickey-credentials-get']

/** Said with every page; what a page loads has nothing that could ask. */
export const permissionsPolicy = [
  ...off
    .trim()
    .split(/\s+/)
    .map((name) => `${name}=()`),
  ...own.map((name) => `${name}=(self)`),
].join(', ')
