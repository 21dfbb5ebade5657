"""The phrasings of the final figures, written apart from the others and looked at once. See questions.py for the slots and for how a question is made of them."""

PATTERNS: dict[str, list[str]] = {
    "name": [
        "Whose flag did I just photograph?", "Flag of where?", "Please tell me which land has a flag like this.", "Where in the world do they fly this?",
        "My daughter found this flag in her sticker album, which country is it?", "We are stuck on this one in our flag quiz, what country is it?",
        "To which nation can I match this flag?", "This banner, what land is it from?", "Of which country this flag is?", "Country name for this one, please.",
        "A ship came in with this flag, so where is she from?", "Who has a flag that looks like the one here?",
    ],
    "capital": [
        "Capital city {there}, quick?", "My geography homework wants the capital of {it}.", "Please tell me how they call the capital city of {it}.",
        "Which town got to be the capital {there}?", "What capital goes with {it}?", "We fly to the capital of {it} next week, so which city is that?",
        "Name {its} capital.", "Is there a capital {there}, and what is it called?", "Of all the cities {there}, which one is the capital?",
        "Quick, what do I write for {its} capital?", "Which city has the rank of capital {there}?",
    ],
    "currency": [
        "What are the notes and coins called {there}?", "Currency {there}?", "What do shops take as money {there}?",
        "Tell me please what money they have {there}.",
        "Which currency must a tourist get before travelling to {it}?", "With what money do you buy bread {there}?", "What is the cash of {it} called?",
        "Is it euros, dollars or something else that people spend {there}?", "Would you mind naming the currency of {it}?", "What is {its} money called?",
        "When a salary is paid {there}, in which currency is it?", "Which money do kids get as pocket money {there}?",
    ],
    "currency-code": [
        "Money of {it}, but as three capital letters, please.", "How would a bank shorten the name of {its} currency to three letters?",
        "In the ISO list, how is the money {there} coded?", "My bank form asks for the currency code of {it}.", "Currency code {there}?",
        "Give me the three-letter abbreviation for money {there}.", "For America the code is USD; what is the currency code for {it}?",
        "How do money traders spell the currency of {it} in capital letters?", "Which code do I type into a currency converter for {it}?",
        "To wire money to {it}, which currency code do I fill in?", "Please, the international code for {its} money.",
    ],
    "currency-symbol": [
        "Currency sign {there}?", "What little sign do shops paint before the amounts {there}?", "How do I draw the money symbol of {it}?",
        "The dollar has $, and what symbol has the money of {it}?", "Let me see the symbol that {its} money is written with.",
        "When the waiter brings a bill {there}, with which symbol is the amount marked?", "Which character means money {there}, like our € does?",
        "What symbol do I type for an amount in the currency of {it}?", "Does the currency of {it} have its own sign, and which one?",
        "With which sign do cashiers shorten the currency {there}?", "What is the short sign for {its} money?",
    ],
    "languages": [
        "What tongue do people talk {there}?", "Which phrasebook should I pack for {it}?", "In what language do I say hello {there}?", "Language {there}?",
        "For my report we need the official languages of {it}.", "Do they speak English {there}, or what else?",
        "What language are the laws written in {there}?",
        "My new classmate comes from {it}; which language does she talk at home?", "Which are {its} languages by law?",
        "We are moving to {it} and need language lessons, but in which language?", "Which languages have official rank {there}?",
        "If I listen to the radio {there}, what language is that?",
    ],
    "neighbours": [
        "Whose land starts where {it} stops?", "Name all the countries around {it}.", "Which countries could I walk into straight from {it}?",
        "Across the borders of {it}, which other countries begin?", "Neighbouring countries of {it}?", "By land, what nations is {it} connected with?",
        "Which lands are {its} neighbours?", "On the map, what countries are drawn right beside {it}?", "Please list who has a common frontier with {it}.",
        "Where do I end up if I cross the border out of {it}?", "With whom has {it} a border?",
    ],
    "neighbour-count": [
        "Count the neighbours of {it} for me.", "With how many states has {it} a frontier?", "On how many countries does {it} border?",
        "What is the number of land neighbours for {it}?", "Just the figure: how many countries lie around {it}?", "Neighbours of {it}, how many?",
        "How many frontiers with foreign countries do they have {there}?", "Not the names, only how many countries {it} shares a border with.",
        "How big is the number of {its} neighbouring countries?", "If every neighbour of {it} came to a party, how many countries would come?",
        "Counting all of them, {it} has borders with how many states?",
    ],
    "region": [
        "Is {it} in Africa, Asia, Europe or where?", "On which of the continents do I find {it}?", "What continent, {it}?", "Tell me {its} continent.",
        "What big region of the earth is {it} counted in?", "When I spin the globe, on which continent do I see {it}?",
        "Our teacher wants to know the continent where {it} is.", "Which continent are you standing on {there}?",
        "In the atlas, under which continent should I look up {it}?", "Broadly speaking, what region is {it} in?",
        "Would you please say what continent {it} sits on?",
    ],
    "subregion": [
        "Is {it} in the north, south, east or west of its continent?", "In which corner of its continent is {it}?", "Which subregion, {it}?",
        "To be more precise than the continent, where can {it} be found?", "What narrower region does {it} fall into?", "Name {its} subregion.",
        "The continent I know already, but in which part of it is {it}?", "Into which subregion do statisticians put {it}?",
        "Which smaller part of the continent does {it} belong to?", "What subregion am I travelling to if I go to {it}?",
        "Tell me as exactly as you can in which region {it} lies.",
    ],
    "area": [
        "How many km² does {it} measure?", "Area of {it} in numbers?", "How much space does {it} take up on the earth?", "Tell me {its} area.",
        "Is {it} a small country or a huge one, in square kilometres?", "What is the extent of {it} in square kilometers?",
        "How many square kilometres would I have to paint to cover {it}?", "Please give me the surface area for {it}.",
        "For comparing sizes: what area does {it} have?", "How wide is the whole land {there}, in square kilometres?", "How spacious is {it}?",
    ],
    "demonym": [
        "People from France are French, and people from {it} are what?", "Demonym used for folks out of {it}?", "How are the inhabitants called {there}?",
        "What is the right word for somebody born in {it}?", "My neighbour moved here from {it}; what nationality word do I use for her?",
        "What do I call the folks {there}?", "If you hold a passport of {it}, what are you?", "Say the name for one inhabitant of {it}.",
        "What do newspapers call the inhabitants of {it}?", "What are {its} people called?", "What would I be called if I had grown up {there}?",
    ],
    "tld": [
        "Which letters follow the last dot in website names {there}?", "Is it .com {there} or which ending?", "What internet suffix was given to {it}?",
        "My company wants a web address for {it}; which ending do we register?", "Domain on the net for {it}?", "How do the web pages of {it} end?",
        "By which ending do I notice that a website is from {it}?", "Tell me {its} internet domain.", "Which dot-something on the internet is for {it}?",
        "For Germany it is .de on the web, so what is it for {it}?", "What country ending do email addresses have {there}?",
    ],
    "calling-code": [
        "Which plus-number is it for calls to {it}?", "My grandma lives {there}; how does her phone number begin?", "Telephone code of {it}?",
        "What comes after the plus when phoning {it}?", "Before the local number, what must be dialled for {it}?", "Tell me {its} calling code, please.",
        "Which international code do I save with a mobile number from {it}?", "A missed call from {it} would show which digits at the front?",
        "How do I phone to {it} from abroad, with which code?", "What are the first digits of a phone number {there}?",
        "For texting someone {there}, what country code goes before the number?",
    ],
    "coast": [
        "Has {it} got a seaside?", "Will I find waves and sandy beaches by the sea {there}?", "Is {it} shut in by other countries with no sea at all?",
        "Does {it} have a shoreline?", "Could I sail my boat straight to {it}?", "Are people {there} cut off from the sea?",
        "Tell me whether {it} is landlocked.", "Does the land run down to the sea anywhere {there}?", "Do {its} borders meet the sea?",
        "How is it with the sea {there}, is there a coast?", "Are there seaports {there}, or only land all around?",
    ],
    "un-member": [
        "Does {it} sit in the UN as a full member?", "Is {it} in the United Nations or outside of it?", "Member of the UN, {it}, yes or no?",
        "Can {it} vote as a member in the UN General Assembly?", "Did the UN take in {it}?", "Tell me if {it} belongs to the United Nations.",
        "Are they UN members {there}?", "When the UN members are called up, is {it} among them?", "How does {it} stand with the United Nations, member or not?",
        "What about {its} membership in the UN?", "Has the United Nations got {it} as one of its states?",
    ],
    "independent": [
        "Is {it} a country of its own or does somebody else own it?", "Does {it} depend on another state or is it independent?",
        "Is {it} a sovereign country or only a territory?", "Could you say whether {it} is an independent state?", "Tell me if they are independent {there}.",
        "So {it} is independent, is that so?", "Is {it} a real country or somebody's colony?", "What is {its} status, independent or dependent?",
        "Do maps list {it} under the independent states?", "Is independence something they have {there}?",
        "Nobody else is in charge of {it}, I mean, it is independent?",
    ],
    "un-group": [
        "Which regional group do the diplomats of {it} join at the UN?", "Regional group of {it} in the United Nations?",
        "Into which of its regional groups does the UN sort {it}?", "Which regional bloc of the UN has {it} on its list?",
        "Tell me {its} regional group at the United Nations.", "The United Nations have regional groups; which is the one of {it}?",
        "When UN seats are shared out by region, under which group comes {it}?", "For elections at the UN, what group is {it} put into?",
        "Name the UN regional group that {it} was given.", "To what group of UN members has {it} been assigned?",
        "Which UN group would I join as an ambassador of {it}?",
    ],
    "sovereign": [
        "Of which state does {it} form a territory?", "Which bigger country stands above {it}?", "Name the sovereign state of {it}.",
        "Who has the final say over {it}, which country?", "From which country is {it} governed?", "Which is {its} sovereign power?",
        "If {it} is no state of its own, which state holds it?", "Tell me what country {it} is a dependency of.",
        "Which foreign state's sovereignty covers {it}?",
        "Which country do the people {there} answer to?", "Who is the mother country for {it}?",
    ],
    "official-name": [
        "How is {it} written in treaties, with the whole name?", "With its long name, how is {it} called officially?", "Say {its} official name in full.",
        "Is there a longer, official name for {it}, and what is it?", "Which full state name is printed on passports {there}?",
        "Full official name of {it}?", "Under which formal name does {it} sign contracts?", "Republic, kingdom or what: how is {it} officially styled?",
        "In a formal letter, by which full name do I mention {it}?", "Please write out the formal name that {it} uses.",
        "Not the short name, the official one of {it}, please.", "What is the state called officially {there}?",
    ],
    "native-name": [
        "How do locals say the name of their country {there}?", "We use an English name, but what do the natives call {it}?",
        "What name for their homeland would I hear {there}?", "What do they write on their own maps for {it}?",
        "Tell me what the inhabitants themselves name {it}.", "Which name do the people use for their own land {there}?",
        "How would a grandmother {there} name her country?", "The home-grown name for {it} is which one?", "Say {its} name the way its people say it.",
        "What is {it} in the language they speak there?", "Which is the native name that {it} has at home?",
    ],
}

UNANSWERABLE: list[str] = [
    "How crowded is {it}, in number of inhabitants?", "Who is the prime minister {there} at the moment?", "Which soup or stew should I try {there}?",
    "How hot does it get in July {there}?", "How do I get a visa for {it}?", "On which side of the road do cars drive {there}?", "What time is it now {there}?",
    "Which football club is the best {there}?", "Why were those colours chosen by {it}?", "How long do people usually live {there}?",
    "What plugs fit the sockets {there}?", "Against whom did {it} fight its last war?", "How many gold medals has {it} won?",
    "Which famous singers come from {it}?", "What does a cup of coffee cost {there}?", "At what age do children start school {there}?",
]
"""What no passage of ours answers."""

NAME_PATTERNS: list[str] = [
    "Please identify {it}.", "What name goes with {it}?", "Say which country you take {it} to be.", "Under which name would I look up {it}?",
]
"""Which country is the one pointed at?"""

FRAMES: list[str] = [
    "pardon me, {}", "we have a bet going: {}", "Hello there! {}", "next question: {}", "Help me with my homework: {}", "If you don't mind, {}",
]
FRAME_SHARE = 0.1
"""How often a question stands in a frame."""

ONLY: dict[str, list[str]] = {
    "it": [
        "the land this flag comes from", "the country flying the flag in view", "the nation you can tell by this flag", "whatever country this is",
        "the land with the flag in the image", "the country that waves this flag", "the state whose colours these are", "this flag's home country",
    ],
    "there": [
        "in the land this flag comes from", "in the country flying the flag in view", "in the nation you can tell by this flag", "in whatever country this is",
        "in the land with the flag in the image", "in the country that waves this flag", "in the state whose colours these are", "in this flag's home country",
    ],
    "its": ["that land's", "the flag owner's", "the state's"],
}
"""What stands for the picture's only flag."""

PLACES: dict[str, dict[str, list[str]]] = {
    "left": {
        "where": ["at the left edge", "towards the left of the image", "in the left part of the shot"],
        "adjective": ["far left", "outer left"],
    },
    "right": {
        "where": ["at the right edge", "towards the right of the image", "in the right part of the shot"],
        "adjective": ["far right", "outer right"],
    },
    "upper": {
        "where": ["at the upper edge", "towards the top of the image", "in the upper part of the shot"],
        "adjective": ["highest", "higher-up"],
    },
    "lower": {
        "where": ["at the lower edge", "towards the bottom of the image", "in the lower part of the shot"],
        "adjective": ["lowest", "lower-down"],
    },
    "big": {
        "where": [],
        "adjective": ["huge", "oversized", "bigger-looking"],
    },
    "small": {
        "where": [],
        "adjective": ["mini", "undersized", "littlest"],
    },
}
"""Which of several flags."""

POINTERS: dict[str, list[str]] = {
    "where": ["the nation flying the flag {where}", "the land whose flag hangs {where}", "the country represented {where}"],
    "adjective": ["the land with the {adjective} flag", "the nation behind the {adjective} flag", "the country shown by the {adjective} flag"],
}
"""{where} "on the left", {adjective} "left"; used as {it}, after "in" as {there}."""
