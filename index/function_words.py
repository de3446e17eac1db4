"""Words without content of their own, by language: nobody looks for their translations.

Articles, pronouns, prepositions, conjunctions, auxiliaries and particles, as dictionary forms and as they
are inflected. Searches find them as any other word, but leave them out beside words that have content.
"""

from __future__ import annotations

from index.text import fold

_GERMAN = """
    der die das den dem des ein eine einen einem einer eines kein ich du er sie es wir ihr man sich mich mir
    dich dir ihn ihm ihnen uns euch ihrer sein mein dein unser euer wer was welcher wem wen wessen dieser
    diese dieses diesen diesem jener jeder jede jedes jeden jedem derjenige derselbe solcher mancher alle
    aller alles allen etwas nichts niemand jemand beide einige mehrere viel wenig mehr weniger meist an auf
    aus bei bis durch für gegen hinter in mit nach neben ohne seit über um unter von vor während wegen zu
    zwischen zwecks ab am im ins vom zum zur beim ans aufs durchs fürs per pro je laut gemäß mittels anhand
    und oder aber sondern denn dass weil wenn ob als wie damit falls sobald solange obwohl sowie sowohl
    entweder weder noch bzw beziehungsweise nachdem bevor ehe indem sodass statt anstatt bin bist ist sind
    seid war waren gewesen wäre haben habe hat hatte hatten gehabt werden wird wurde wurden worden geworden
    würde können kann konnte könnte müssen muss musste sollen soll sollte wollen will wollte dürfen darf
    mögen möchte lassen nicht auch nur schon sehr so dann da dort hier nun jetzt immer wieder noch doch ja
    nein eben etwa fast gar ganz genau mal wohl zwar daher deshalb dadurch dabei dafür dagegen daran darauf
    daraus darin darüber davon dazu hierbei hierfür hierzu worauf wobei wodurch womit wozu wo woher wohin
    wann warum weshalb wieso jedoch allerdings außerdem zudem ebenso ebenfalls bereits sonst somit trotzdem
    selbst
"""

_RUSSIAN = """
    я ты он она оно мы вы они себя меня мне мной тебя тебе его ему ее ей нас нам вас вам их им ими него нему
    нее ней них ним ними мой твой свой наш ваш кто что какой который чей этот эта это эти этого тот та то те
    того такой весь все всех сам самый каждый любой другой иной некоторый некий никакой никто ничто
    ничего кое несколько много мало более менее в во на с со к ко по о об обо от ото из изо у за над надо
    под подо при про для без безо до между через перед после около возле вместо кроме среди против ради
    вдоль вокруг согласно и а но или либо да если когда пока чтобы что как так также тоже потому
    поэтому хотя ли же бы ведь вот едва лишь только уже еще даже не ни нет да именно однако зато затем
    причем притом итак быть был была было были будет будут есть являться мочь может могут мог хотеть
    стать становиться можно нужно надо нельзя необходимо следует должен где куда откуда там тут здесь сюда
    туда тогда теперь сейчас всегда никогда иногда очень почти весьма здесь зачем почему сколько столько т е
    д п др пр
"""

_ENGLISH = """
    the a an this that these those such i you he she it we they me him her us them my your his its our their
    mine yours hers ours theirs myself yourself himself herself itself ourselves themselves oneself one who
    whom whose which what whatever whichever each every any some all both either neither none no anything
    something nothing everything anyone someone everyone many much more most few less least several other
    another same own about above across after against along among around as at before behind below beneath
    beside besides between beyond by despite down during except for from in inside into like near of off on
    onto out outside over past per since through throughout till to toward towards under until up upon via
    with within without and or but nor so yet if because although though unless while whereas whether than
    when whenever where wherever how why then thus hence therefore however moreover furthermore otherwise be
    am is are was were been being have has had having do does did done doing will would shall should can
    could may might must ought let not n t s d ll re ve don doesn isn aren wasn also only just very too even
    still already again ever never always often here there now once rather quite almost indeed perhaps
    instead
"""

FUNCTION_WORDS = {
    language: frozenset(map(fold, words.split()))
    for language, words in (("de", _GERMAN), ("ru", _RUSSIAN), ("en", _ENGLISH))
}
"""By ISO 639-1 code, folded."""

WITHOUT_CONTENT = frozenset[str]().union(*FUNCTION_WORDS.values())
"""Those of all languages, where that of a word is not known."""
