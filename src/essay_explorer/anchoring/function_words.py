"""Function words: those that hold a sentence together and say little by themselves.

No cloze leaves them out, and no list of frequent words counts them. In Chinese they are the characters of such words.
"""

from __future__ import annotations

import re

WORDS = {
    "en": """a am an and any are as at be but by can did do few for get got had has he her him his how i if in is it
        its let may me my no nor not now of off on one or our out own per she so the to too two up us via was way
        we who why yes yet you all ago ain aren couldn didn doesn don hadn hasn haven isn mustn needn shan
        shouldn wasn weren won wouldn about above across after again against almost along already also although
        always among another anyone anything around away because been before behind being below beneath beside
        between beyond both cannot could does doing done down during each either else enough even ever every
        everyone everything except from further given have having hence here hers herself himself however indeed
        instead into itself just less many might mine more most much must myself nearly neither never next
        nobody none nothing often once only onto other others ought ours ourselves over perhaps quite rather
        same several shall should since some somebody someone something sometimes somewhere still such than that
        their theirs them themselves then there therefore these they this those though through throughout thus
        together toward towards under unless until upon very well were what whatever when whenever where whereas
        wherever whether which while whom whose will with within without would your yours yourself yourselves
        hath doth thee thou thine""",
    "de": """ab als am an auf aus bei bin bis da das dem den der des die dir du ein er es euch für hat ihm ihn ihr im
        in ins ist ja je man mal mir mit nie nun nur ob sie so tun tut um und uns vom von vor war was wem wen
        wer wie wir wo zu zum zur zwei aber alle allem allen aller alles also andere anderem anderen anderer
        anderes auch beim bereits bevor bist dabei dadurch dafür dagegen daher dahin damals damit danach daneben
        dann daran darauf daraus darf darin darüber darum darunter dass dasselbe davon davor dazu deine deinem
        deinen deiner denen denn dennoch deren derselbe deshalb dessen dich dies diese dieselbe diesem diesen
        dieser dieses doch dort durch durfte ebenso eine einem einen einer eines einige einigen einmal etwa
        etwas euer eure ganz gegen gewesen habe haben hast hatte hatten hätte hätten hier hinter ihnen ihre
        ihrem ihren ihrer ihres immer indem jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes
        jetzt kann kein keine keinem keinen keiner können könnte konnte machen manche mehr mein meine meinem
        meinen meiner mich möchte muss musste müssen nach nachdem neben nicht nichts noch nämlich oder ohne
        schon sehr seid sein seine seinem seinen seiner seines seit selbst sich sind soll sollen sollte solche
        sondern sonst sowie trotz trotzdem über unser unsere unter viel viele vielleicht vielmehr waren wäre
        warum weder wegen weil weiter welche welchem welchen welcher welches wenig weniger wenn werde werden
        wieder will wird wirst wollen wollte worden wurde wurden würde würden zwar zwischen""",
    "fr": """a à ai as au aux c ce ces ci d de des dès du en es est et eu eux fut il ils j je jusqu l la là le les
        lui lorsqu m ma me mes moi mon n ne ni non nos nul on ont or ou où par pas peu plu puisqu qu que qui s
        sa se ses si soi son sur t ta te tes toi ton tu un une va vos vu y ainsi alors après assez aucun aucune
        aussi autant autre autres avait avaient avant avec avez avoir avons beaucoup bien cela celle celles
        celui cependant ceux chaque chez comme comment contre dans déjà depuis derrière dessous dessus deux
        devant doit donc dont elle elles encore entre était étaient étant être faire fait faut furent ici jamais
        jusque laquelle lequel lesquels leur leurs lors lorsque lui-même mais malgré même mêmes mieux mien moins
        notre nous parce parfois parmi pendant personne peut peut-être plus plusieurs plutôt pour pourquoi
        pourtant presque puis puisque quand quel quelle quelles quelque quelques quels quoi rien sans selon
        serait seront sera seulement sinon soit sont sous souvent suis tandis tant tellement tous tout toute
        toutes toujours très trop vers voici voilà votre vous""",
    "es": """a al así aún con da dan de del e el él en era es ese eso fue ha han has hay he la las le les lo los más
        me mi mis mí muy ni no nos o os por que qué se sea ser si sí sin son su sus tal tan te ti tu tú tus u un
        una uno va ve y ya yo además algo alguien alguna algunas alguno algunos algún allí ante antes aquel
        aquella aquellas aquello aquellos aquí aunque cada casi como cómo contra cual cuales cualquier cuando
        cuándo cuanto desde después donde dónde durante ella ellas ello ellos entonces entre eran eres esas esos
        esta está estaba estaban estado están estar estas este esto estos fuera fueron había habían haber hace
        hacer hacia hasta incluso luego mientras mucha muchas mucho muchos nada nadie ninguna ninguno nosotros
        nuestra nuestro nunca otra otras otro otros para pero poco pocos porque pues puede pueden quien quién
        quienes según sido siempre sino sobre sólo solo suya suyo también tampoco tanto tenía tiene tienen toda
        todas todavía todo todos tras unas unos usted ustedes vosotros""",
    "it": """a ad ai al all alla alle agli c ch che chi ci col con d da dagl dagli dai dal dall dei del dell di e è
        ed ei era fa fra gl ha hai ho i il in io l la le lei li lo lui ma me mi mia mie mio né nei nel nell no
        non o per più po qual qui s se sé sei si sì sia su sua sue sugl sui sul sull suo te ti tra tu tua tue
        tuo tuoi un una uno va vi voi alcuna alcune alcuni alcuno allora altra altre altri altro anche ancora
        appena avere aveva avevano bene benché ciascuno ciò come contro cosa così cui dalla dalle dallo degli
        della delle dello dentro dietro dopo dove dunque erano essere essi fino forse fuori già gli hanno
        infatti insieme invece loro lungo mentre meno molta molte molti molto negli nella nelle nello nemmeno
        nessuna nessuno niente noi nostra nostro nulla ogni ognuno oltre oppure perché però persino poco poi
        prima proprio propria quale quali qualche qualcosa qualcuno quando quanto quasi quella quelle quelli
        quello questa queste questi questo sarà sarebbe senza sempre sono sopra sotto stata stato sulla sulle
        sullo tanto troppo tutta tutte tutti tutto verso vostra vostro""",
    "zh": """的 了 们 我 你 他 她 它 是 在 不 和 与 就 也 都 会 能 要 可 这 那 有 没 个 些 种 每
        一 所 以 于 为 之 对 从 到 得 地 着 过 说 而 且 但 或 把 被 让 给 将 还 又 再 很 太
        更 最 什 么 怎 吗 呢 吧 啊 因 如 果 虽 然 只 上 下 里 中""",
}  # fmt: skip


PARTED = re.compile("['’]")
ENDINGS = frozenset(("d", "ll", "m", "re", "s", "t", "ve"))  # of English words, behind an apostrophe


def function_words(language: str) -> frozenset[str]:
    """Those of a language by its BCP 47 tag, in lower case; of English where the tag is "", none where we have none."""
    return frozenset(WORDS.get(_primary(language), "").split())


def content_word(word: str, language: str, grammar: frozenset[str]) -> str:
    """What a word says without what is joined to it by an apostrophe, in lower case; "" for a function word.

    `grammar`: the function words. "Jonze’s" says "jonze", "l’amour" says "amour", "it’s" and "don’t" say nothing.
    """
    lowered = word.lower()
    if lowered in grammar:
        return ""
    joined = grammar | ENDINGS if _primary(language) == "en" else grammar
    parts = PARTED.split(lowered)
    said = [part for part in parts if part not in joined]
    return "’".join(said) if len(said) < len(parts) else lowered


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower() or "en"
