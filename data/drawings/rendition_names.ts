/**
 * Which drawings of icon and emoji sets show a class of CIFAR-10.
 *
 * Names were matched with lists of words of each class; then every drawing was
 * looked at. {@linkcode rejectedRenditions} are those whose name fits and whose
 * drawing does not. One drawing in several skin tones or line weights is listed
 * once.
 *
 * @module
 */

/** Each line: a set, a class, and the names of its drawings. */
const LISTING = `
emojione airplane: airplane airplane-arrival airplane-departure small-airplane
emojione automobile: automobile oncoming-automobile oncoming-police-car oncoming-taxi police-car racing-car sport-utility-vehicle taxi
emojione bird: baby-chick bird chicken dove duck eagle front-facing-baby-chick hatching-chick owl penguin rooster turkey
emojione cat: cat cat-face cat-face-with-tears-of-joy cat-face-with-wry-smile crying-cat-face grinning-cat-face grinning-cat-face-with-smiling-eyes kissing-cat-face pouting-cat-face smiling-cat-face-with-heart-eyes weary-cat-face
emojione deer: deer
emojione dog: dog dog-face poodle
emojione frog: frog-face
emojione horse: carousel-horse horse horse-face horse-racing
emojione ship: ferry motor-boat passenger-ship sailboat ship speedboat
emojione truck: articulated-lorry delivery-truck fire-engine
emojione-monotone airplane: airplane airplane-arrival airplane-departure small-airplane
emojione-monotone automobile: automobile oncoming-automobile oncoming-police-car oncoming-taxi police-car racing-car sport-utility-vehicle taxi
emojione-monotone bird: baby-chick bird chicken dove duck eagle front-facing-baby-chick hatching-chick owl penguin rooster turkey
emojione-monotone cat: cat cat-face cat-face-with-tears-of-joy cat-face-with-wry-smile crying-cat-face grinning-cat-face grinning-cat-face-with-smiling-eyes kissing-cat-face pouting-cat-face smiling-cat-face-with-heart-eyes weary-cat-face
emojione-monotone deer: deer
emojione-monotone dog: dog dog-face poodle
emojione-monotone frog: frog-face
emojione-monotone horse: carousel-horse horse horse-face horse-racing
emojione-monotone ship: ferry motor-boat passenger-ship sailboat ship speedboat
emojione-monotone truck: articulated-lorry delivery-truck fire-engine
fluent-emoji-flat airplane: airplane airplane-arrival airplane-departure small-airplane
fluent-emoji-flat automobile: automobile oncoming-automobile oncoming-police-car oncoming-taxi police-car racing-car sport-utility-vehicle taxi
fluent-emoji-flat bird: baby-chick bird chicken dodo dove duck eagle flamingo front-facing-baby-chick goose hatching-chick owl parrot peacock penguin rooster swan turkey
fluent-emoji-flat cat: cat cat-face cat-with-tears-of-joy cat-with-wry-smile crying-cat grinning-cat grinning-cat-with-smiling-eyes kissing-cat pouting-cat smiling-cat-with-heart-eyes weary-cat
fluent-emoji-flat deer: deer moose
fluent-emoji-flat dog: dog dog-face guide-dog poodle service-dog
fluent-emoji-flat frog: frog
fluent-emoji-flat horse: carousel-horse horse horse-face horse-racing
fluent-emoji-flat ship: ferry motor-boat passenger-ship sailboat ship speedboat
fluent-emoji-flat truck: articulated-lorry delivery-truck fire-engine pickup-truck
fluent-emoji-high-contrast airplane: airplane airplane-arrival airplane-departure small-airplane
fluent-emoji-high-contrast automobile: automobile oncoming-automobile oncoming-police-car oncoming-taxi police-car racing-car sport-utility-vehicle taxi
fluent-emoji-high-contrast bird: baby-chick bird chicken dodo dove duck eagle flamingo front-facing-baby-chick goose hatching-chick owl parrot peacock penguin rooster swan turkey
fluent-emoji-high-contrast cat: cat cat-face cat-with-tears-of-joy cat-with-wry-smile crying-cat grinning-cat grinning-cat-with-smiling-eyes kissing-cat pouting-cat smiling-cat-with-heart-eyes weary-cat
fluent-emoji-high-contrast deer: deer moose
fluent-emoji-high-contrast dog: dog dog-face guide-dog poodle service-dog
fluent-emoji-high-contrast frog: frog
fluent-emoji-high-contrast horse: carousel-horse horse horse-face horse-racing
fluent-emoji-high-contrast ship: ferry motor-boat passenger-ship sailboat ship speedboat
fluent-emoji-high-contrast truck: articulated-lorry delivery-truck fire-engine pickup-truck
game-icons airplane: airplane airplane-arrival airplane-departure biplane commercial-airplane jet-fighter
game-icons automobile: city-car f1-car jeep police-car race-car
game-icons bird: barn-owl bird-twitter canadian-goose chicken dodo dove duck eagle-head flamingo goose heron hummingbird kiwi-bird ostrich owl parrot-head penguin raven rooster seagull shoebill-stork sparrow swan toucan vulture
game-icons cat: cat hollow-cat
game-icons deer: deer deer-head stag-head
game-icons dog: basset-hound-head hound jumping-dog labrador-head sitting-dog
game-icons frog: frog frog-prince
game-icons horse: horse-head
game-icons ship: boat-fishing caravel cargo-ship drakkar fishing-boat galleon iron-hulled-warship sailboat shooner-sailboat small-fishing-sailboat speed-boat trireme
game-icons truck: mine-truck tow-truck truck
hugeicons airplane: airplane-01 airplane-02 airplane-landing-01 airplane-landing-02 airplane-take-off-01 airplane-take-off-02 plane plane-landing plane-takeoff
hugeicons automobile: car-01 car-02 car-03 car-04 car-05 car-front car-taxi-front police-car taxi taxi-02
hugeicons bird: bird rubber-duck
hugeicons cat: cat
hugeicons horse: horse horse-head horse-saddle
hugeicons ship: boat cargo-ship ferry-boat sailboat sailboat-coastal sailboat-offshore ship
hugeicons truck: container-truck container-truck-01 container-truck-02 delivery-truck-01 delivery-truck-02 dump-truck garbage-truck semi-truck shipping-truck-01 shipping-truck-02 tanker-truck tow-truck truck truck-delivery truck-electric truck-monster
mdi airplane: airplane airplane-landing airplane-takeoff
mdi automobile: car car-back car-convertible car-electric car-electric-outline car-estate car-hatchback car-limousine car-outline car-side car-sports taxi
mdi bird: bird duck owl penguin
mdi cat: cat
mdi dog: dog dog-service dog-side
mdi horse: horse horse-human horse-variant horse-variant-fast
mdi ship: ferry sail-boat
mdi truck: dump-truck fire-truck tanker-truck tow-truck truck truck-cargo-container truck-delivery truck-delivery-outline truck-fast truck-fast-outline truck-flatbed truck-outline
noto airplane: airplane airplane-arrival airplane-departure small-airplane
noto automobile: automobile oncoming-automobile oncoming-police-car oncoming-taxi police-car racing-car sport-utility-vehicle taxi
noto bird: baby-chick bird black-bird chicken dodo dove duck eagle flamingo front-facing-baby-chick goose hatching-chick owl parrot peacock penguin rooster swan turkey
noto cat: cat cat-face cat-with-tears-of-joy cat-with-wry-smile crying-cat grinning-cat grinning-cat-with-smiling-eyes kissing-cat pouting-cat smiling-cat-with-heart-eyes weary-cat
noto deer: deer moose
noto dog: dog dog-face guide-dog poodle service-dog
noto frog: frog
noto horse: carousel-horse horse horse-face horse-racing
noto ship: ferry motor-boat passenger-ship sailboat ship speedboat
noto truck: articulated-lorry delivery-truck fire-engine pickup-truck
noto-v1 airplane: airplane airplane-arrival airplane-departure small-airplane
noto-v1 automobile: automobile oncoming-automobile oncoming-police-car oncoming-taxi police-car racing-car sport-utility-vehicle taxi
noto-v1 bird: baby-chick bird chicken dove duck eagle front-facing-baby-chick hatching-chick owl penguin rooster turkey
noto-v1 cat: cat cat-face cat-with-tears-of-joy cat-with-wry-smile crying-cat grinning-cat grinning-cat-with-smiling-eyes kissing-cat pouting-cat smiling-cat-with-heart-eyes weary-cat
noto-v1 deer: deer
noto-v1 dog: dog dog-face poodle
noto-v1 frog: frog
noto-v1 horse: carousel-horse horse horse-face horse-racing
noto-v1 ship: ferry motor-boat passenger-ship sailboat ship speedboat
noto-v1 truck: articulated-lorry delivery-truck fire-engine
ph airplane: airplane airplane-fill airplane-in-flight airplane-in-flight-fill airplane-landing airplane-landing-fill airplane-takeoff airplane-takeoff-fill airplane-taxiing airplane-taxiing-fill airplane-tilt airplane-tilt-fill
ph automobile: car car-fill car-profile car-profile-fill car-simple car-simple-fill jeep jeep-fill police-car police-car-fill taxi taxi-fill
ph bird: bird bird-fill
ph cat: cat cat-fill
ph dog: dog dog-fill
ph horse: horse horse-fill
ph ship: boat boat-fill sailboat sailboat-fill
ph truck: fire-truck fire-truck-fill truck truck-fill truck-trailer truck-trailer-fill
streamline-emojis airplane: airplane
streamline-emojis automobile: automobile oncoming-police-car oncoming-taxi taxi
streamline-emojis bird: baby-chick bird-1 bird-2 chicken hatching-chick-1 penguin-1 penguin-2 rooster
streamline-emojis cat: cat cat-face cat-face-with-tears-of-joy cat-face-with-wry-smile crying-cat-face grinning-cat-face grinning-cat-face-with-smiling-eyes kissing-cat-face pouting-cat-face smiling-cat-face-with-heart-eyes weary-cat-face
streamline-emojis dog: dog dog-face poodle
streamline-emojis frog: frog-face
streamline-emojis horse: carousel-horse horse horse-face
streamline-emojis ship: sailboat ship speedboat
streamline-emojis truck: delivery-truck fire-engine
tabler airplane: plane plane-arrival plane-arrival-filled plane-departure plane-departure-filled plane-filled plane-inflight plane-tilt plane-tilt-filled
tabler automobile: car car-filled car-suv car-suv-filled
tabler cat: cat
tabler deer: deer
tabler dog: dog
tabler horse: horse
tabler ship: ferry ferry-filled sailboat sailboat-2 ship speedboat speedboat-filled
tabler truck: firetruck truck truck-delivery truck-filled
twemoji airplane: airplane airplane-arrival airplane-departure small-airplane
twemoji automobile: automobile oncoming-automobile oncoming-police-car oncoming-taxi police-car racing-car sport-utility-vehicle taxi
twemoji bird: baby-chick bird black-bird chicken dodo dove duck eagle flamingo front-facing-baby-chick goose hatching-chick owl parrot peacock penguin rooster swan turkey
twemoji cat: cat cat-face cat-with-tears-of-joy cat-with-wry-smile crying-cat grinning-cat grinning-cat-with-smiling-eyes kissing-cat pouting-cat smiling-cat-with-heart-eyes weary-cat
twemoji deer: deer moose
twemoji dog: dog dog-face guide-dog poodle service-dog
twemoji frog: frog
twemoji horse: carousel-horse horse horse-face horse-racing
twemoji ship: ferry motor-boat passenger-ship sailboat ship speedboat
twemoji truck: articulated-lorry delivery-truck fire-engine pickup-truck
`;

/** Drawings of one class in one set. */
export interface RenditionNames {
  /** Prefix of the set, e.g. "noto". */
  readonly set: string;
  /** Name of the class in CIFAR-10. */
  readonly label: string;
  /** Names of the drawings in the set. */
  readonly names: readonly string[];
}

/** Every drawing that is used, by set and class. */
export const renditionNames: readonly RenditionNames[] = LISTING.trim()
  .split("\n").map((line) => {
    const [, set = "", label = "", names = ""] =
      /^(\S+) (\S+): (.*)$/.exec(line) ?? [];
    return { set, label, names: names.split(" ") };
  });

/** Drawings that a list of names alone would have taken, and why they are not. */
export const rejectedRenditions: Readonly<Record<string, string>> = {
  "fluent-emoji-flat:phoenix-bird": "a flame in the shape of a bird",
  "fluent-emoji-high-contrast:phoenix-bird": "a flame in the shape of a bird",
  "game-icons:sail": "a sail without a ship",
  "game-icons:sniffing-dog": "a nose at the edge of the picture",
  "mdi:airport": "a control tower with an airplane",
  "mdi:truck-trailer": "a trailer without a truck",
};
