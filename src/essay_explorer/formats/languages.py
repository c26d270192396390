"""Languages: in which one a text is, where that is certain."""

from __future__ import annotations

import re
from collections import Counter

from essay_explorer.anchoring.counting import WORD

# The commonest words of each. A language whose near relatives use the same ones is left unnamed: "".
WORDS = {
    "en": "the of and to that was for with is not this you his have",
    "de": "der die und das nicht ist ein eine den mit sich auf auch dem",
    "fr": "les des est une dans que pas pour qui sur avec il elle du et",
    "es": "el los las una que por con para del como pero se lo su y más está",
    "ca": "el els les una que amb per del com però és més dels aquest i està als",
    "it": "il che di non per una della sono con gli del anche alla nel",
    "pt": "não uma que os com para por mais dos como foi ao ele da é também está",
    "nl": "het een van niet dat zijn voor met op aan ook maar naar wordt",
    "af": "die nie van het en om vir sy ek wat sal dat met is aan word",
    "sv": "och att det som en är inte på för med av den till ett",
    "da": "og det at er ikke en på til af for med den var jeg sig efter også meget hvad nogle blev",
    "no": "og det å er ikke en på til av for med den var jeg seg etter også mye hva noen ble",
    "is": "og að er ekki það sem á til við um var en hann hún þess",
    "pl": "nie się na to że jest do jak ale co po dla był być",
    "cs": "že se na je to jsem jako ale když jsou být bylo byl který není jen aby už při podle v ve",
    "sk": "že sa na je to som ako ale keď sú byť bolo bol ktorý nie len aby už pri podľa v vo",
    "hu": "a az és hogy nem is egy ez volt csak de meg még mint már van kell",
    "fi": "ja on ei että se hän oli mutta kun niin ovat myös joka kuin ole sen tämä mitä",
    "et": "ja on ei et see ta oli aga kui ka ning oma mis kes ole",
    "ro": "și în de la nu că pe este cu din mai ce un fi sau dar prin sunt",
    "tr": "ve bir bu da de için ile ne çok gibi daha ama olan kadar sonra olarak",
    "lt": "ir yra kad ne į su tai bet kaip iš jis buvo ar",
    "lv": "un ir ka ne ar no par tas bet kā viņš bija",
    "sl": "in je se na da za so ki ne kot pa bi tudi v ali",
    "": "i je u se na da su za od koji nije kao što bi ali iz samo",
    "vi": "và của là có không một những được cho các trong với người này đã",
    "ru": "и в не что на я с он как это по но они мы все так его же бы из",
    "uk": "і в не що на я з він як це по але вони ми все так його же й та",
    "bg": "и в не че на да се с за като е от но са си което този той",
    "ar": "في من على إلى أن هذا التي الذي لا ما عن كان هو هي مع كل و",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم",
    "ur": "کے کی کا میں ہے اور سے کو نے پر یہ کہ ہیں نہیں",
    "hi": "के में है की को का से और ने यह पर कि हैं नहीं भी",
    "mr": "आणि आहे या ते हे तो ती नाही व मध्ये होते होता",
}
# Letters that no text in the language has: they are those of its relatives.
NEVER = {
    "ru": "іїєўјљњђћџѓќѕ", "bg": "ыэёіїєўјљњђћџѓќѕ", "uk": "ыэёўъјљњ", "cs": "ľĺŕąęłńśżđ", "sk": "řěůąęłńśżđ",
    "sl": "řěůľąęłćđ", "ar": "پچژگکیےٹڈڑں", "fa": "ےٹڈڑں", "hi": "ळ", "fi": "õš", "de": "åæøéčőű", "en": "äöüßåæøñçãõ",
}  # fmt: skip
# Scripts of one language each, but for small ones.
SCRIPTS = {
    "ja": "\u3041-\u30ff", "ko": "\uac00-\ud7a3", "th": "\u0e01-\u0e7f", "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u05d0-\u05ea",
    "hy": "\u0531-\u0587", "ka": "\u10a0-\u10ff", "km": "\u1780-\u17d3", "lo": "\u0e81-\u0eff", "my": "\u1000-\u109f",
    "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f", "gu": "\u0a80-\u0aff",
    "pa": "\u0a00-\u0a7f", "si": "\u0d80-\u0dff",
}  # fmt: skip
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
SAMPLE = 20_000  # letters
ENOUGH = 50  # words or letters
COMMON = 0.1  # of a text's words are among the commonest of its language
DIFFERENT = 4  # of them, at least: two lines of a song, a hundred times, are no proof
AHEAD = 1.6  # times as many words that only it has as the next language
RARE = 0.003  # of a text's letters may be of other languages


def language_of(text: str) -> str:
    """The BCP 47 tag of the text's language, "" where it is not certain."""
    sample = text[:SAMPLE].lower()
    letters = sum(map(str.isalpha, sample))
    if letters < ENOUGH:
        return ""
    for language, script in SCRIPTS.items():
        if len(re.findall(f"[{script}]", sample)) > (0.2 if language == "ja" else 0.5) * letters:
            return language
    if len(re.findall(f"[{HAN}]", sample)) > letters / 2:
        return "zh"
    return _by_words(sample, letters)


def _by_words(sample: str, letters: int) -> str:
    words = Counter(WORD.findall(sample))
    if words.total() < ENOUGH:
        return ""
    known = {language: set(common.split()) for language, common in WORDS.items()}
    shares = {language: sum(words[word] for word in common) for language, common in known.items()}
    (first, most), (second, _) = Counter(shares).most_common(2)
    own = sum(words[word] for word in known[first] - known[second])
    others = sum(words[word] for word in known[second] - known[first])
    foreign = sum(sample.count(letter) for letter in NEVER.get(first, ""))
    varied = sum(word in words for word in known[first]) >= DIFFERENT
    certain = varied and most >= COMMON * words.total() and own > AHEAD * others and foreign <= RARE * letters
    return first if certain else ""
