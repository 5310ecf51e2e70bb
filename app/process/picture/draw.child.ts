// What does the process do that draws one picture? A file comes in and a JPEG goes out, or nothing where none could be drawn.
import { buffer } from 'node:stream/consumers'
import { draw } from './draw.ts'

const drawn = await draw(await buffer(process.stdin))
if (drawn) process.stdout.write(drawn)
