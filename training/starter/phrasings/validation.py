"""The phrasings that steer decisions: disjoint from those of training, and no figure is quoted on them as a result. See questions.py for the slots and for how a question is made of them."""

PATTERNS: dict[str, list[str]] = {
    "name": [
        "what country am i looking at", "which state flies this flag", "could you name the country of this flag", "from what country is the flag here",
        "do you recognise the flag", "this flag is used by which country", "Any idea whose flag this could be?", "I saw this flag today. Which country is it?",
        "Can someone tell me what country uses this flag?", "Not sure about this flag, where does it come from?", "What nation is represented here?",
        "Help me out: which country is shown?", "This is the flag of what country?", "Which place does that flag represent?",
    ],
    "capital": [
        "{it} has which capital", "what would the capital of {it} be", "what's the capital {there}", "the capital city of {it} is called what",
        "which city serves as {its} capital", "do you know the capital of {it}", "If I visited {it}, which city would be the capital?",
        "What city do they call their capital {there}?", "Which is the capital city for {it}?", "I forgot: the capital of {it} is ...?",
        "Who knows the capital that {it} has?", "Can you remind me of the capital of {it}?", "What's the name of {its} capital city?",
        "Looking for the capital of {it}, please.",
    ],
    "currency": [
        "what's the local currency {there}", "{it} uses which currency", "what money will i need {there}", "the currency of {it} is called what",
        "do you know the currency of {it}", "which money should i bring to {it}", "If I go shopping, what currency will I be paying in {there}?",
        "What kind of money would I have in my wallet {there}?", "What's the name of the currency people have {there}?", "Which currency is accepted {there}?",
        "I want to exchange cash for a trip to {it}. Which currency?", "What are people paying with {there} these days?",
        "Can you remind me which money {it} uses?", "Name of the money used by {it}, please.",
    ],
    "currency-code": [
        "what's the three letter currency code {there}", "{its} currency has which code", "the code of the money of {it} is what",
        "under what code do banks know the currency of {it}", "what is the abbreviation of the currency {there}", "do you know {its} currency code",
        "On exchange-rate sites, which currency code belongs to {it}?", "What code would I look for when exchanging {its} money?",
        "How is the currency of {it} abbreviated by banks?", "Three-letter code for {its} currency, please.", "Which letters abbreviate the money {there}?",
        "Can you remind me of the code for {its} currency?", "What is the bank code for the currency {there}?", "The currency of {it} goes by what code?",
    ],
    "currency-symbol": [
        "what's the currency symbol {there}", "{its} currency has which symbol", "the sign for money {there} is what",
        "which symbol do they write with prices {there}", "what does the money sign look like {there}", "do you know the currency symbol of {it}",
        "What symbol would I see on price tags {there}?", "Which sign do they put next to prices {there}?", "What's the symbol for money {there}?",
        "How do you write the currency of {it} as a symbol?", "Can you remind me of the symbol for {its} currency?", "Symbol for {its} money, please.",
        "The currency of {it} is written with what sign?", "On a menu, what currency sign is used {there}?",
    ],
    "languages": [
        "what's the language {there}", "{it} has which official languages", "what language would i hear {there}", "people from {it} speak which language",
        "which languages are official {there}", "do you know what language they speak {there}", "If I moved to {it}, what language would I need to learn?",
        "What do the locals speak {there}?", "Which language or languages are official in {it}?", "What will people be speaking when I arrive {there}?",
        "What's spoken {there}?", "Can you remind me which languages {it} has?", "What language do people from {it} use with each other?",
        "Languages people use {there}, please.",
    ],
    "neighbours": [
        "{it} has which neighbours", "what countries share a border with {it}", "which countries are the neighbours {there}",
        "who does {it} share borders with", "do you know which countries border {it}", "what other countries does {it} touch",
        "If I drove out of {it}, which countries could I get to?", "What are the surrounding countries of {it}?",
        "Can you list every country that borders {it}?", "Which places does {it} share a land border with?", "What countries lie next to {it}?",
        "Can you remind me who {its} neighbours are?", "Who are the next-door neighbours of {it}?", "All countries bordering {it}, please.",
    ],
    "neighbour-count": [
        "{it} has how many neighbours", "what number of countries border {it}", "how many other countries does {it} touch",
        "how many land neighbours are around {it}", "do you know how many countries border {it}", "how many borders with other countries has {it}",
        "How many countries share a border with {it}?", "What's the count of countries next to {it}?", "In total, how many neighbours surround {it}?",
        "Can you remind me how many countries {it} borders?", "Is it one neighbour or more that {it} has, and how many?",
        "How many neighbouring states does {it} touch?", "Number of countries bordering {it}, please.",
        "How many different countries could I drive into from {it}?",
    ],
    "region": [
        "{it} is on which continent", "what's the continent of {it}", "which region of the world is {it} in", "what continent does {it} lie on",
        "do you know the continent of {it}", "to which part of the world does {it} belong", "What continent would I fly to if I visited {it}?",
        "Which continent is {it} part of?", "What part of the world does {it} belong to?", "What's the world region for {it}?",
        "Can you remind me which continent {it} is on?", "Continent where {it} is located, please.", "On what continent do people live {there}?",
        "Roughly which region of the world are we talking about with {it}?",
    ],
    "subregion": [
        "{it} is in which subregion", "what's the subregion of {it}", "where does {it} lie", "whereabouts is {it}", "do you know where {it} is",
        "in what part of its region is {it}", "Whereabouts on the continent would I find {it}?", "What's the more exact region of {it}?",
        "Which subregion would {it} be counted in?", "Can you remind me where {it} is located?", "Where should I look for {it} on a map?",
        "Within its continent, where is {it}?", "Exact part of the world where {it} lies, please.", "What subregion is {it} part of?",
    ],
    "area": [
        "{it} is how big", "what's the area of {it}", "how many square kilometres are there {there}", "what is the land area of {it}",
        "do you know how large {it} is", "how large an area has {it}", "How much ground does {it} cover in total?",
        "What's the size of {it} in square kilometres?", "How large is {it}, in km²?", "Can you remind me how big {it} is?", "What surface does {it} have?",
        "Total area of {it}, please.", "How many square kilometres of land belong to {it}?", "Is {it} big? What is its area?",
    ],
    "demonym": [
        "what would you call a person from {it}", "what's the demonym {there}", "people living {there} are called what", "what name do the people of {it} have",
        "do you know the demonym for {it}", "how would one call somebody from {it}", "How do you call the people who live {there}?",
        "Someone who was born {there} is called what?", "What's the word for inhabitants of {it}?", "Can you remind me of the demonym for {it}?",
        "What do people from {it} call themselves?", "If my friend comes from {it}, what is he called?", "Name for citizens of {it}, please.",
        "How would you refer to a citizen of {it}?",
    ],
    "tld": [
        "what's the internet domain of {it}", "web addresses of {it} end with what", "which domain would a website from {it} have",
        "{it} has which top-level domain", "do you know the internet ending of {it}", "what is the domain for websites {there}",
        "What comes at the end of web addresses {there}?", "Which internet ending do sites from {it} have?",
        "What's the country domain on the internet for {it}?", "Can you remind me of the web domain for {it}?",
        "If I made a website {there}, what would the address end in?", "A site from {it} would end with which domain?", "Domain ending for {it}, please.",
        "What TLD belongs to {it}?",
    ],
    "calling-code": [
        "what's the phone code of {it}", "phone numbers of {it} start with what", "{it} has which calling code", "which digits do i dial first for {it}",
        "do you know the calling code of {it}", "what prefix do telephone numbers have {there}", "What do I dial first when phoning somebody {there}?",
        "Which country code do phone numbers have {there}?", "I got a call from {it}. What does the number start with?",
        "Can you remind me of the phone code for {it}?", "What's the international dialling prefix for {it}?", "Phone country code for {it}, please.",
        "To ring a friend {there}, which code do I need?", "What number do I put in front to call {it}?",
    ],
    "coast": [
        "is {it} a landlocked country", "does {it} have any coast", "is {it} next to the sea", "would i find a coast {there}",
        "do you know if {it} is landlocked", "does the sea touch {it}", "Could I go to the beach {there}?", "Does {it} lie on the sea, or is it landlocked?",
        "Is there any access to the ocean for {it}?", "Can you remind me whether {it} has a coast?", "Would a ship be able to reach {it}?",
        "Is {it} surrounded by land only?", "Landlocked or on the coast, which one is {it}?", "Does {it} border the sea?",
    ],
    "un-member": [
        "is {it} among the members of the united nations", "do you know if {it} is in the un", "would {it} be a member of the united nations",
        "is {it} a member state of the un", "has {it} become a member of the un", "is the un joined by {it}",
        "Is {it} one of the members of the United Nations?", "Can you remind me whether {it} is in the UN?", "Does the UN count {it} as a member?",
        "Has {it} been admitted to the United Nations?", "Would I find {it} on the list of UN members?", "UN membership of {it}, please.",
        "Did {it} ever become a UN member state?", "Is {it} represented as a member in the United Nations?",
    ],
    "independent": [
        "do you know if {it} is independent", "is {it} its own country", "would you say {it} is independent", "is {it} an independent nation",
        "is {it} a dependency or independent", "has {it} independence", "Is {it} really an independent country?",
        "Can you remind me whether {it} is independent?", "Would you count {it} as independent?", "Does {it} stand on its own as a sovereign state?",
        "Is {it} ruled by itself or by another state?", "Independent or not, which one is {it}?", "Did {it} become independent?",
        "Is {it} free and independent?",
    ],
    "un-group": [
        "what's the regional group of {it} in the un", "{it} is in which un group", "do you know the un group of {it}",
        "which group of the united nations has {it} in it", "what regional group is {it} part of", "in the un, which group is {it} in",
        "Within the UN, which regional group does {it} sit in?", "What's the UN regional group for {it}?", "Can you remind me of the UN group of {it}?",
        "Which group at the United Nations counts {it} as a member?", "At the UN, {it} is part of which regional group?", "UN regional group for {it}, please.",
        "Which of the regional groups would {it} be in?", "What group of countries does {it} vote with in the UN?",
    ],
    "sovereign": [
        "{it} belongs to which country", "do you know who owns {it}", "which country has sovereignty over {it}", "what country is {it} a territory of",
        "to whom does {it} belong", "what state rules {it}", "Who does {it} belong to?", "Which state is {it} under?",
        "Can you remind me which country {it} is part of?", "What country is in charge of {it}?", "Which government is sovereign over {it}?",
        "Country that {it} belongs to, please.", "Is {it} part of another country, and which one?", "Under which country's rule does {it} fall?",
    ],
    "official-name": [
        "what's the official name of {it}", "{it} has which official name", "do you know the full name of {it}", "what would {it} be called officially",
        "the official name of {it} is what", "what name does {it} officially have", "What is the complete official name for {it}?",
        "In official papers, what is {it} called?", "Can you remind me of {its} formal name?", "What's the full formal title of {it}?",
        "How would diplomats call {it} in full?", "Official name for {it}, please.", "What do they officially name {it}?",
        "By what official name does {it} go?",
    ],
    "native-name": [
        "what's the native name of {it}", "{it} has which native name", "do you know the local name of {it}", "what do its own people call {it}",
        "the name of {it} in its own language is what", "how do the people call {it} themselves", "In the local language, what name does {it} have?",
        "What do people who live {there} call their country?", "Can you remind me of {its} local name?", "What's the name for {it} among its own people?",
        "How is {it} named in its own tongue?", "Native name for {it}, please.", "What would a local call {it}?",
        "How do you say {it} in the language of its people?",
    ],
}

UNANSWERABLE: list[str] = [
    "how many people does {it} have", "who rules {it} as president", "what's the weather {there}", "which mountain is the highest of {it}",
    "what year was {it} founded", "what do people eat {there}", "what religion is common {there}", "which city has the most people {there}",
    "which sports do people like {there}", "is it safe {there}", "What's the population {there}?", "Who was the first president of {it}?",
    "What's a typical dish {there}?", "When is the national day of {it}?", "What's the tallest building {there}?", "Which festival is celebrated most {there}?",
    "What do people mostly believe in {there}?", "How much rain falls {there}?", "Who wrote the anthem of {it}?", "Which universities are there {there}?",
    "What's the average salary {there}?", "Which river flows through {it}?", "How did {it} get its flag?", "Can you drink the tap water {there}?",
    "What animals live {there}?", "In which year did {it} join the Olympics?",
]
"""What no passage of ours answers."""

NAME_PATTERNS: list[str] = [
    "could you name {it}", "do you recognise {it}", "{it} is which country", "Any idea which country {it} might be?", "Can someone tell me what {it} is?",
    "Not sure about {it}, which country is it?",
]
"""Which country is the one pointed at?"""

FRAMES: list[str] = [
    "excuse me, {}", "one question: {}", "could you tell me: {}", "good morning, {}", "Hey, I was wondering: {}", "I'm curious. {}", "My kid asks: {}",
    "For a quiz: {}", "Sorry to bother you, {}",
]
FRAME_SHARE = 0.1
"""How often a question stands in a frame."""

ONLY: dict[str, list[str]] = {
    "it": [
        "the country of the flag here", "the country behind this flag", "the nation whose flag this is", "the place whose flag is shown",
        "the nation of this flag", "the country this flag represents", "the nation this flag stands for", "the country that uses this flag",
        "the country you see the flag of here", "the place that flies that flag", "the country from the photo",
        "the country that the flag in my picture belongs to", "that nation",
    ],
    "there": [
        "in the country of the flag here", "in the country behind this flag", "in the nation whose flag this is", "in the place of this flag",
        "in the country this flag represents", "in the nation this flag stands for", "in the country that uses this flag", "over there", "in that country",
        "in the place that flies that flag", "in the country from the photo", "in that place",
    ],
    "its": ["the nation's", "that country's", "the place's", "that nation's", "that place's", "the pictured country's"],
}
"""What stands for the picture's only flag."""

PLACES: dict[str, dict[str, list[str]]] = {
    "left": {
        "where": ["on the left of the picture", "on the left-hand side", "over on the left", "in the left half of the photo"],
        "adjective": ["leftmost", "left side"],
    },
    "right": {
        "where": ["on the right of the picture", "on the right-hand side", "over on the right", "in the right half of the photo"],
        "adjective": ["rightmost", "right side"],
    },
    "upper": {
        "where": ["at the top of the picture", "up at the top", "in the top half of the photo", "higher up"],
        "adjective": ["topmost", "uppermost"],
    },
    "lower": {
        "where": ["at the bottom of the picture", "down at the bottom", "in the bottom half of the photo", "lower down"],
        "adjective": ["bottommost", "lowermost"],
    },
    "big": {
        "where": [],
        "adjective": ["largest", "larger looking", "really big", "much bigger"],
    },
    "small": {
        "where": [],
        "adjective": ["littler", "smaller looking", "really small", "much smaller"],
    },
}
"""Which of several flags."""

POINTERS: dict[str, list[str]] = {
    "where": [
        "the nation with the flag {where}", "the place whose flag is {where}", "the state of the flag {where}", "the country that the flag {where} belongs to",
        "the country I see {where}", "the place whose flag you can see {where}",
    ],
    "adjective": [
        "the nation of the {adjective} flag", "the country that has the {adjective} flag", "the place represented by the {adjective} flag",
        "the country that the {adjective} flag belongs to", "whichever country has the {adjective} flag",
    ],
}
"""{where} "on the left", {adjective} "left"; used as {it}, after "in" as {there}."""
