//! Plain text with the dirt of its page in eight languages: is the report kept whole, and nothing else?
//!
//! Made-up reports of made-up outlets. `T` marks the title, `+` the report, `-` what goes.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use onrecord_extract::article;
use onrecord_terms::{Article, Given, Media, Page};

/// Checks what is kept; gives the article for its facts.
fn check(marked: &str) -> Article {
    let (mut page, mut body, mut title) = (Vec::new(), Vec::new(), None);
    for line in marked.trim_matches('\n').lines() {
        let (mark, text) = line.split_at(line.len().min(2));
        page.push(text);
        match mark.trim() {
            "+" => body.push(text),
            "T" => title = Some(text),
            _ => {}
        }
    }
    let bytes = page.join("\n").into_bytes();
    let page = Page {
        id: "p".to_owned(),
        origin: "p.txt".to_owned(),
        media: Media::Text,
        bytes,
        given: Given::default(),
    };
    let (article, _) = article(&page);
    let kept: Vec<&str> = article.body.paragraphs().iter().map(|p| p.span.slice(article.text())).collect();
    assert_eq!(kept, body, "{marked}");
    assert_eq!(article.title.as_deref(), title, "{marked}");
    article
}

/// The day, the authors, the agencies.
fn facts(article: &Article) -> (String, String, String) {
    let day = article.published.map(|moment| moment.day.to_string()).unwrap_or_default();
    (day, article.byline.join("; "), article.agencies.join("; "))
}

fn expect(marked: &str, day: &str, people: &str, agencies: &str) {
    assert_eq!(facts(&check(marked)), (day.to_owned(), people.to_owned(), agencies.to_owned()));
}

#[test]
fn english() {
    expect(
        "
- We and our partners store cookies on your device. Accept all
- Home | Region | Norvik
T Norvik opens its bridge after two winters
- By Jane Roe and John Doe
- Updated: March 15, 2032 · Published: March 14, 2032
- 4 min read
- Share on Facebook
+ NORVIK (NPA) — The bridge at Norvik was opened on Sunday, and the first to cross it was a herd of sheep.
- (Photo: Ana Holm/Harbor Ledger)
+ “It will hold,” Mayor Ana Ruiz said. “I have jumped on it, and so has my deputy.”
- READ MORE: The ferry goes on sale
+ The old ferry is to be sold, according to the harbor office, which expects few offers.
- Your support keeps our newsroom independent. Donate today and help us report from the harbor.
- Sign up for our morning newsletter
+ “We shall miss the ferry,” baker Ivo Lund told the Ledger. “It brought people who were hungry.”
- AFP contributed to this report.
- 3 Comments
- Comments that contain insults will be deleted by the moderators.
- © 2032 Harbor Ledger. All rights reserved.
",
        "2032-03-14",
        "Jane Roe; John Doe",
        "NPA; AFP",
    );
}

#[test]
fn german() {
    expect(
        "
- Wir und unsere Partner verwenden Cookies, um die Seite zu verbessern.
- Alle akzeptieren
T Nordwiek öffnet seine Brücke nach zwei Wintern
- Von Jana Roth und Jonas Doll
- Veröffentlicht am Sonntag, 14. März 2032, 10:20 Uhr
- Lesezeit: 4 Minuten
- Teilen auf Facebook
+ Die Brücke in Nordwiek ist am Sonntag geöffnet worden, und als Erste ging eine Herde Schafe hinüber.
- Foto: Anna Holm/Hafenblatt
+ „Sie wird halten“, sagte Bürgermeisterin Anna Rutz. „Ich bin darauf gesprungen, und mein Stellvertreter auch.“
- Lesen Sie auch: Die Fähre wird verkauft
+ Die alte Fähre soll nach Angaben des Hafenamts verkauft werden, das nur wenige Angebote erwartet.
- Anzeige
- Unterstützen Sie unseren Journalismus mit einer Spende.
- Abonnieren Sie unseren Newsletter und erhalten Sie jeden Morgen das Neueste.
+ „Wir werden die Fähre vermissen“, sagte der Bäcker Ivo Lund dem Hafenblatt. „Sie brachte Leute, die Hunger hatten.“
- Mit Material der dpa
- 3 Kommentare
- Kommentare mit Beleidigungen werden gelöscht.
- © 2032 Hafenblatt. Alle Rechte vorbehalten.
",
        "2032-03-14",
        "Jana Roth; Jonas Doll",
        "dpa",
    );
}

#[test]
fn french() {
    expect(
        "
- Nous utilisons avec nos partenaires des cookies pour améliorer ce site.
- Tout accepter
T Norvic ouvre son pont après deux hivers
- Par Jeanne Roux et Jean Doucet
- Publié le 14 mars 2032 à 10:20, mis à jour le 15 mars 2032
- Temps de lecture : 4 min
- Partager sur Facebook
+ Norvic (AFP) – Le pont de Norvic a été ouvert dimanche, et les premiers à le traverser furent des moutons.
- Crédit photo : Anne Holm/Le Quai
+ « Il tiendra, a dit la maire Anne Ruiz. J'ai sauté dessus, et mon adjoint aussi. »
- À lire aussi : le bac est à vendre
+ Le vieux bac doit être vendu, selon le bureau du port, qui attend peu d'offres.
- Publicité
- Soutenez notre rédaction indépendante : faites un don.
- Inscrivez-vous à notre newsletter pour la recevoir chaque matin.
+ « Le bac nous manquera », a confié le boulanger Yves Lund au Quai. « Il amenait des gens qui avaient faim. »
- Lire la suite
- 3 commentaires
- Les commentaires injurieux seront supprimés.
- © 2032 Le Quai. Tous droits réservés.
",
        "2032-03-14",
        "Jeanne Roux; Jean Doucet",
        "AFP",
    );
}

#[test]
fn spanish() {
    expect(
        "
- Utilizamos cookies propias y de nuestros socios para mejorar el sitio.
- Aceptar todas
T Norvica abre su puente después de dos inviernos
- Por Juana Ríos y Julio Díaz
- Publicado el 14 de marzo de 2032 a las 10:20
- Tiempo de lectura: 4 minutos
- Compartir en Facebook
+ Norvica, 14 mar (EFE).- El puente de Norvica se abrió el domingo, y lo primero que lo cruzó fue un rebaño de ovejas.
- Foto: Ana Holm/El Muelle
+ «Aguantará», dijo la alcaldesa Ana Ruiz. «He saltado encima, y mi segundo también».
- Lee también: El transbordador sale a la venta
+ El viejo transbordador se venderá, según la oficina del puerto, que espera pocas ofertas.
- Publicidad
- Apóyanos para seguir haciendo periodismo independiente.
- Suscríbete a nuestra newsletter y recibe cada mañana lo mejor.
+ «Echaremos de menos el transbordador», contó el panadero Ivo Lund. «Traía a gente con hambre».
- Con información de AFP
- 3 comentarios
- Los comentarios con insultos serán eliminados.
- © 2032 El Muelle. Todos los derechos reservados.
",
        "2032-03-14",
        "Juana Ríos; Julio Díaz",
        "EFE; AFP",
    );
}

#[test]
fn russian() {
    expect(
        "
- Мы используем файлы cookie, чтобы сайт работал лучше.
- Принять все
T Норвик открыл мост после двух зим
- Автор: Жанна Роева
- Опубликовано 14 марта 2032 года, 10:20
- Время чтения: 4 минуты
- Поделиться в Telegram
+ НОРВИК, 14 мар — РИА Новости. Мост в Норвике открыли в воскресенье, и первым по нему прошло стадо овец.
- Фото: Анна Холм / «Причал»
+ «Он выдержит, — сказала мэр Анна Руис. — Я на нём прыгала, и мой заместитель тоже».
- Читайте также: Паром выставлен на продажу
+ Старый паром продадут, сообщили в управлении порта, где не ждут многих предложений.
- Реклама
- Поддержите нас, чтобы мы могли работать дальше.
- Подпишитесь на наш телеграм-канал
+ «Нам будет не хватать парома, — сказал пекарь Иво Лунд. — Он привозил голодных людей».
- Источник: ТАСС
- Комментарии (3)
- Комментарии с оскорблениями удаляются модераторами.
- © 2032 «Причал». Все права защищены.
",
        "2032-03-14",
        "Жанна Роева",
        "РИА Новости; ТАСС",
    );
}

#[test]
fn arabic() {
    expect(
        "
- نستخدم ملفات تعريف الارتباط لتحسين هذا الموقع.
- قبول الكل
T نورفيك تفتح جسرها بعد شتاءين
- بقلم: جنى روحي
- نشر في: الأحد، 14 مارس 2032 - 10:20
- وقت القراءة: 4 دقائق
- شارك على فيسبوك
+ نورفيك (رويترز) - افتتح الجسر في نورفيك يوم الأحد، وكان أول من عبره قطيع من الأغنام جاء من الحقول القريبة.
- تصوير: آنا هولم/الرصيف
+ وقالت رئيسة البلدية آنا رويز: «سوف يصمد، لقد قفزت عليه بنفسي، وكذلك فعل نائبي».
- اقرأ أيضا: العبارة القديمة معروضة للبيع
+ وستباع العبارة القديمة، بحسب مكتب الميناء الذي لا يتوقع أن يتلقى عروضا كثيرة.
- إعلان
- ادعموا صحافتنا المستقلة بتبرع شهري.
- اشترك في النشرة البريدية
+ وقال الخباز إيفو لوند: «سوف نفتقد العبارة، فقد كانت تأتي إلينا بأناس جائعين».
- المصدر: الأناضول
- التعليقات (3)
- تحذف التعليقات المسيئة، ولا تعبر التعليقات عن رأي الموقع.
- جميع الحقوق محفوظة © 2032 الرصيف
",
        "2032-03-14",
        "جنى روحي",
        "رويترز; الأناضول",
    );
}

#[test]
fn turkish() {
    expect(
        "
- Bu sitede çerezler kullanılmaktadır.
- Kabul et
T Norvik köprüsünü iki kış sonra açtı
- Haber: Canan Rüya
- Yayınlanma Tarihi: 14 Mart 2032 Pazar, 10:20
- Okuma süresi: 4 dakika
- Facebook
+ NORVİK (AA) - Norvik'teki köprü pazar günü açıldı ve köprüden ilk geçen bir koyun sürüsü oldu.
- Fotoğraf: Ana Holm/Rıhtım
+ Belediye Başkanı Ana Ruiz, “Köprü dayanacak, üzerinde zıpladım, yardımcım da zıpladı” dedi.
- İlgili haberler: Feribot satışa çıkarıldı
+ Liman idaresine göre eski feribot satılacak, ancak çok teklif gelmesi beklenmiyor.
- Reklam
- Bize destek olun, bağımsız haberciliği birlikte sürdürelim.
- Haber bültenimize abone olun, newsletter her sabah gelsin.
+ Fırıncı Ivo Lund, “Feribotu özleyeceğiz, bize aç insanlar getirirdi” diye konuştu.
- Kaynak: DHA
- Yorumlar (3)
- Hakaret içeren yorumlar yayınlanmaz, yorum yapanlar sorumludur ve küfür silinir.
- © 2032 Rıhtım. Tüm hakları saklıdır.
",
        "2032-03-14",
        "Canan Rüya",
        "AA; DHA",
    );
}

#[test]
fn chinese() {
    expect(
        "
- 本网站使用Cookie以改善服务。
- 全部接受
T 诺维克大桥两冬之后开放
- 作者：罗佳
- 发布时间：2032年3月14日 10:20
- 阅读时间：4分钟
- 分享到微信
+ 新华社诺维克3月14日电 诺维克大桥星期日开放，最先过桥的是一群从附近牧场赶来的羊。
- 图片来源：霍安/码头报
+ 市长安娜·鲁伊斯说：“桥会牢固的，我在上面跳过，我的副手也跳过。”
- 相关阅读：旧渡轮待售
+ 港务局表示，旧渡轮将会出售，不过预计不会收到很多报价。
- 广告
- 请支持我们，让我们继续报道。
- 关注我们的微信公众号
+ 面包师伊沃·伦德对本报说：“我们会想念渡轮的，它带来了许多饥饿的客人。”
- 来源：新华社
- 评论（3）
- 辱骂他人的评论将被删除。
- 版权所有 © 2032 码头报
",
        "2032-03-14",
        "罗佳",
        "新华社",
    );
}
