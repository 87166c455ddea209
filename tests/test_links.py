"""Which body of the registry is meant, in the ways news name them: one invented text a row, with the ids that are linked.

States that a text names besides are left out.
"""

from __future__ import annotations

import pytest

from reading import doc

ROWS = [
    ("ru", "Глава МИД Казахстана принял в Астане делегацию из Ташкента.", "kz-ministry-of-foreign-affairs"),
    ("ru", "Депутаты кыргызского парламента вернули законопроект о пастбищах на доработку.", "kg-jogorku-kenesh"),
    (
        "ru",
        "В Бишкеке Асан Примеров назначен заместителем министра. Парламент страны одобрил бюджет Кыргызстана.",
        "kg-jogorku-kenesh",
    ),
    ("ru", "Сотрудники узбекской СГБ задержали троих жителей Ферганы.", "uz-state-security-service"),
    ("ru", "Таджикский ГКНБ отчитался о перестрелке на границе с Афганистаном.", "tj-gknb"),
    ("ru", "ГКНБ Кыргызстана и КНБ Казахстана подписали план совместных учений.", "kg-gknb kz-knb"),
    ("ru", "Нацбанк РК поднял базовую ставку, тенге подешевел.", "kz-national-bank"),
    (
        "ru",
        "По данным Нацстаткома Кыргызстана, цены на муку выросли на пять процентов.",
        "kg-national-statistical-committee",
    ),
    ("ru", "В Минцифры Казахстана сообщили о сбое на портале.", "kz-ministry-of-digital-development"),
    ("ru", "Верховный суд КР оставил приговор без изменений.", "kg-supreme-court"),
    (
        "ru",
        "Генпрокурор Узбекистана внёс представление; сама Генпрокуратура Узбекистана подробностей не дала.",
        "uz-prosecutor-general",
    ),
    ("ru", "Совфед России ратифицировал договор с Кыргызстаном.", "ru-federation-council"),
    (
        "ru",
        "Эксперты Всемирного банка и Азиатского банка развития оценили ущерб от селя в Таджикистане.",
        "world-bank adb",
    ),
    ("ru", "Казахстанский Минздрав закупит вакцину у китайской компании.", "kz-ministry-of-health"),
    ("ru", "Кыргызские пограничники передали задержанного. Погранслужба ГКНБ КР подтвердила это.", "kg-border-service"),
    (
        "ru",
        "Минобороны Таджикистана провело манёвры, российское Минобороны прислало наблюдателей.",
        "tj-ministry-of-defence ru-ministry-of-defence",
    ),
    ("ru", "Столичная мэрия Кыргызстана закрыла рынок, мэрия Бишкека назвала причиной ремонт.", "kg-bishkek-city-hall"),
    ("ru", "Хокимият Ташкента отдал участок застройщику «Заря Групп».", "uz-tashkent-city-hall"),
    ("ru", "Фракция «Ата Мекен» покинула зал, партия «Мекенчил» осталась.", "kg-ata-meken kg-mekenchil"),
    ("ru", "Бывшая «Нур Отан», ныне партия Amanat, выдвинула кандидатов.", "kz-amanat"),
    (
        "ru",
        "Финполиция Кыргызстана упразднена, её дела передали в МВД.",
        "kg-financial-police kg-ministry-of-internal-affairs",
    ),
    ("ru", "Счётная палата Кыргызской Республики проверила «Кыргызалтын».", "kg-accounts-chamber kg-kyrgyzaltyn"),
    (
        "ru",
        "Госкомитет нацбезопасности Таджикистана и узбекское МИД обменялись нотами.",
        "tj-gknb uz-ministry-of-foreign-affairs",
    ),
    ("ru", "Об этом пишет Gazeta.uz со ссылкой на Минэнерго Узбекистана.", "uz-gazeta-uz uz-ministry-of-energy"),
    ("ru", "Туркменский меджлис принял закон, Халк Маслахаты его одобрил.", "tm-mejlis tm-halk-maslahaty"),
    (
        "ru",
        "Сенат парламента Казахстана утвердил отчёт, мажилисмены спорили с правительством РК.",
        "kz-senate kz-government",
    ),
    (
        "ru",
        "Центризбирком Кыргызстана назначил дату, БДИПЧ ОБСЕ пришлёт наблюдателей.",
        "kg-central-election-commission osce-odihr",
    ),
    ("ru", "В ведомстве добавили, что Таможенная служба Кыргызстана изъяла груз.", "kg-customs-service"),
    ("ky", "Жогорку Кеңештин депутаттары мыйзам долбоорун кайра жөнөтүштү.", "kg-jogorku-kenesh"),
    ("ky", "Кыргызстандын Тышкы иштер министрлиги билдирүү таратты.", "kg-ministry-of-foreign-affairs"),
    ("ky", "УКМКнын басма сөз кызматы үч кишинин кармалганын айтты.", "kg-gknb"),
    (
        "ky",
        "Министрлер Кабинетинин төрагасы Ошко барды, Саламаттык сактоо министрлигинен өкүлдөр коштоду.",
        "kg-cabinet kg-ministry-of-health",
    ),
    ("ky", "Бишкек мэриясына жаңы автобустар келди.", "kg-bishkek-city-hall"),
    (
        "ky",
        "ИИМдин маалыматына караганда, Казакстандын УККсы да тергөөгө кошулду.",
        "kg-ministry-of-internal-affairs kz-knb",
    ),
    (
        "ky",
        "Улуттук банк сомдун курсун жарыялады, Борбордук шайлоо комиссиясы күндү белгиледи.",
        "kg-national-bank kg-central-election-commission",
    ),
    ("kk", "Қазақстанның Сыртқы істер министрлігі мәлімдеме жасады.", "kz-ministry-of-foreign-affairs"),
    (
        "kk",
        "ІІМ-нің хабарлауынша, ҰҚК мен Бас прокуратура тергеу жүргізіп жатыр.",
        "kz-ministry-of-internal-affairs kz-knb kz-prosecutor-general",
    ),
    ("kk", "Мәжілісте Денсаулық сақтау министрлігінің есебі тыңдалды.", "kz-mazhilis kz-ministry-of-health"),
    ("kk", "Ұлттық банктің шешімін Парламент депутаттары талқылады.", "kz-national-bank kz-parliament"),
    (
        "kk",
        "Қырғызстанның Жогорку Кеңеші мен Өзбекстанның Олий Мәжілісі келісім жасады.",
        "kg-jogorku-kenesh uz-oliy-majlis",
    ),
    ("kk", "Алматы әкімдігінде және Астана әкімдігіне шағым түсті.", "kz-almaty-city-hall kz-astana-city-hall"),
    ("ru", "Совбез Кыргызстана собрался в пятницу, секретарь Совбеза назвал повестку.", "kg-security-council"),
    ("ru", "В Алматы прошёл форум. Секретарь казахстанского Совета безопасности открыл его.", "kz-security-council"),
    (
        "ru",
        "Минобрнауки Кыргызстана и Министерство просвещения Казахстана обменялись опытом.",
        "kg-ministry-of-education kz-ministry-of-enlightenment",
    ),
    ("ru", "Глава кыргызского МВД Асан Тестов уволил начальника Ошской милиции.", "kg-ministry-of-internal-affairs"),
    ("ru", "Пресс-секретарь Минобороны Казахстана Данияр Пробаев опроверг слухи.", "kz-ministry-of-defence"),
    ("ru", "Кыргызская таможня и Налоговая служба Кыргызстана проверят рынок «Дордой».", "kg-tax-service"),
    (
        "ru",
        "Депутат Жогорку Кенеша Бакыт Черновиков обратился в Генпрокуратуру. В Генпрокуратуре Кыргызстана письмо приняли.",
        "kg-jogorku-kenesh kg-prosecutor-general",
    ),
    ("ru", "Экс-сотрудник КНБ Казахстана Марат Пробаев осуждён в Алматы.", "kz-knb"),
    (
        "ru",
        "Антикор Казахстана завёл дело на акима. Агентство по финмониторингу РК помогает.",
        "kz-anticorruption-agency kz-financial-monitoring-agency",
    ),
    ("ru", "Узбекский парламент ратифицировал соглашение с Евросоюзом.", "uz-oliy-majlis eu"),
    ("ru", "По сообщению пограничных войск ГКНБ Таджикистана, стычка длилась час.", "tj-border-troops"),
    ("ru", "Туркменский МИД вызвал посла Афганистана.", "tm-ministry-of-foreign-affairs"),
    ("ru", "Оппозиционная Партия исламского возрождения Таджикистана (ПИВТ) заявила о преследовании.", "tj-irpt"),
    (
        "ru",
        "Рогун строит «Барки точик»; МВФ и Исламский банк развития дали кредиты Таджикистану.",
        "tj-barqi-tojik imf isdb",
    ),
    ("ru", "Суд Бишкека арестовал счета компании «Кумтор Голд Компани».", "kg-kumtor-gold-company"),
    (
        "ru",
        "Издание Kaktus.media и агентство «24.kg» получили предупреждение Минюста КР.",
        "kg-kaktus-media kg-24kg kg-ministry-of-justice",
    ),
    ("ru", "Российский МИД и Госдеп обменялись заявлениями.", "ru-ministry-of-foreign-affairs us-department-of-state"),
    (
        "ru",
        "Пекин ответил на вопрос Бишкека: МИД Китая подтвердил визит в Кыргызстан.",
        "cn-ministry-of-foreign-affairs",
    ),
    (
        "ru",
        "Президент подписал закон, принятый парламентом Кыргызстана. Администрация президента опубликовала текст.",
        "kg-jogorku-kenesh kg-presidential-administration",
    ),
    ("ru", "Акимат Алматы запретил салюты. В акимате Астаны запрета нет.", "kz-almaty-city-hall kz-astana-city-hall"),
    (
        "ru",
        "Кабмин Узбекистана поручил Минздраву закупить лекарства. Узбекистан тратит на них больше.",
        "uz-cabinet uz-ministry-of-health",
    ),
    (
        "ru",
        "Погранслужба Казахстана закрыла пост, погранслужба Кыргызстана жалуется.",
        "kz-border-service kg-border-service",
    ),
    (
        "ru",
        "«Казмунайгаз» и Samruk-Kazyna отчитались перед правительством Казахстана.",
        "kz-kazmunaygas kz-samruk-kazyna kz-government",
    ),
    ("ru", "Верховный муфтий выступил в Бишкеке. Муфтият Кыргызстана собрал закят.", "kg-muftiate"),
    (
        "ky",
        "Кыргызстандын Өзгөчө кырдаалдар министрлигинин маалыматы боюнча, жол жабылды.",
        "kg-ministry-of-emergency-situations",
    ),
    (
        "ky",
        "Жогорку сот өкүмдү күчүндө калтырды, Башкы прокуратура каршы чыкты.",
        "kg-supreme-court kg-prosecutor-general",
    ),
    (
        "ky",
        "Россиянын Тышкы иштер министрлиги менен АКШнын Мамдепи билдирүү таратты.",
        "ru-ministry-of-foreign-affairs us-department-of-state",
    ),
    ("ky", "Казакстандын өкмөтү бензиндин баасын көтөрдү. БУУнун өкүлдөрү келди.", "kz-government un"),
    ("ky", "Тажикстандын УКМКсы чек арада учурашууну ырастады.", "tj-gknb"),
    ("ky", "ЖКнын депутаты Бакыт Пробаев суроо берди, Каржы министри жооп айтты.", "kg-jogorku-kenesh"),
    (
        "ky",
        "БШКга үч партия документ тапшырды: «Ата Мекен» партиясы биринчи келди.",
        "kg-central-election-commission kg-ata-meken",
    ),
    (
        "ky",
        "ӨКМдин куткаруучулары жана Бишкек шаарынын мэриясынын кызматкерлери иштеп жатат.",
        "kg-ministry-of-emergency-situations kg-bishkek-city-hall",
    ),
    ("kk", "Үкімет отырысында Қаржы министрлігінің ұсынысы қаралды.", "kz-government kz-ministry-of-finance"),
    (
        "kk",
        "ТЖМ-нің мәліметінше, өрт сөндірілді; Алматы қаласының әкімдігі көмек берді.",
        "kz-ministry-of-emergency-situations kz-almaty-city-hall",
    ),
    (
        "kk",
        "Ресейдің Сыртқы істер министрлігі мен Қырғызстанның үкіметі келіссөз жүргізді.",
        "ru-ministry-of-foreign-affairs kg-cabinet",
    ),
    ("kk", "Жоғарғы соттың төрағасы Сенат алдында есеп берді.", "kz-supreme-court kz-senate"),
    (
        "kk",
        "БҰҰ-ның және ЕҚЫҰ-ның бақылаушылары Орталық сайлау комиссиясына келді.",
        "un osce kz-central-election-commission",
    ),
    (
        "kk",
        "Антикор қызметі мен Қаржылық мониторинг агенттігі іс қозғады.",
        "kz-anticorruption-agency kz-financial-monitoring-agency",
    ),
    ("kk", "«Самұрық-Қазына» қоры мен «ҚазМұнайГаз» компаниясы келісімге келді.", "kz-samruk-kazyna kz-kazmunaygas"),
    (
        "kk",
        "Өзбекстанның парламенті заңды мақұлдады, Тәжікстанның Қорғаныс министрлігі оқу-жаттығу өткізді.",
        "uz-oliy-majlis tj-ministry-of-defence",
    ),
    # A part of a body is another body, and a name that nobody is sure of means none.
    ("ru", "Секретариат ШОС провёл в Пекине встречу.", ""),
    ("ru", "Совбез собрался в пятницу.", ""),
    ("ru", "Совбез ООН спорит о России. В России ждут, что Совбез ответит.", "un-security-council"),
    ("ky", "УКМКАЛАР келди.", ""),
]


@pytest.mark.parametrize(("language", "text", "expected"), ROWS, ids=[row[1][:40] for row in ROWS])
def test_links(language: str, text: str, expected: str) -> None:
    found = {
        actor.id
        for actor in doc(text, language=language).actors
        if actor.id and actor.type not in {"Person", "Country"}
    }
    assert found == set(expected.split())
