import { readEmoji } from './emojiSearch';

/** What people answer customers with. Skin tones are left to nobody in particular. */
export const EMOJI = readEmoji(`
🙂 smile slightly | lächeln freundlich; 😀 grinning happy | grinsen froh fröhlich
😃 smiley happy joy | lachen freude; 😄 laughing happy eyes | lachen fröhlich
😁 beaming grin teeth | strahlen grinsen; 😆 laugh squint | lachen kringeln
😅 sweat relief laugh | schweiß erleichtert puh; 😂 joy tears laughing | lachen tränen freudentränen
🤣 rofl rolling laughing | lachen kugeln; 😊 blush smile warm | lächeln rot herzlich
😇 innocent angel halo | engel unschuld heilig; 😉 wink | zwinkern
😍 heart eyes love | verliebt herzaugen; 🥰 loving hearts adore | verliebt herzen
😘 kiss blow | kuss küssen; 😋 yum tasty delicious | lecker köstlich
😛 tongue playful | zunge; 😜 winking tongue crazy | zunge zwinkern verrückt
🤪 zany crazy goofy | verrückt albern; 🤗 hug hugging | umarmung umarmen
🤭 giggle oops hand | kichern ups; 🤫 shush quiet secret | pst leise geheim
🤔 thinking hmm | nachdenken überlegen; 🤨 raised eyebrow doubt | augenbraue zweifel
😐 neutral | neutral; 😑 expressionless | ausdruckslos
😶 speechless silent | sprachlos still; 😏 smirk | schmunzeln
😒 unamused | genervt; 🙄 eyeroll rolling | augenrollen
😬 grimace awkward | grimasse peinlich; 😌 relieved calm | erleichtert ruhig
😔 pensive sad | bedrückt traurig; 😪 sleepy tired | müde schläfrig
😴 sleeping zzz | schlafen; 😷 mask sick ill | maske krank
🤒 fever ill thermometer | fieber krank; 🤕 hurt bandage | verletzt verband
🤧 sneeze cold | niesen erkältet; 🥵 hot heat | heiß hitze
🥶 cold freezing | kalt frieren; 😵 dizzy | schwindlig
🤯 exploding mind blown | explodieren wahnsinn; 🤠 cowboy | cowboy
🥳 partying celebrate | feiern party; 😎 cool sunglasses | cool sonnenbrille
🤓 nerd glasses | nerd brille; 🧐 monocle inspect | monokel prüfen
😕 confused | verwirrt; 😟 worried | besorgt
🙁 frown sad | traurig stirnrunzeln; 😮 open mouth surprised | überrascht offen
😲 astonished | erstaunt; 😳 flushed embarrassed | verlegen rot
🥺 pleading please | bitte flehen; 😨 fearful afraid | angst ängstlich
😰 anxious sweat | angst schweiß; 😥 sad relieved | enttäuscht
😢 crying tear sad | weinen träne traurig; 😭 sobbing loudly crying | heulen weinen
😱 scream shock | schrei schock; 😖 confounded | verzweifelt
😞 disappointed | enttäuscht; 😓 downcast sweat | niedergeschlagen
😩 weary tired | erschöpft müde; 😫 exhausted tired | erschöpft
🥱 yawn bored | gähnen langweilig; 😤 huffing steam triumph | schnauben
😡 angry rage | wütend zornig; 😠 annoyed angry | ärgerlich böse
🤬 swearing cursing | fluchen schimpfen; 💩 poop pile | haufen kacke
👻 ghost boo | geist gespenst; 👽 alien | außerirdischer alien
🤖 robot bot | roboter; 😺 cat smiling | katze lächeln
🙈 monkey see evil | affe nichts sehen; 🙉 monkey hear evil | affe nichts hören
🙊 monkey speak evil | affe nichts sagen; 👋 wave hello goodbye | winken hallo tschüss grüße
🤚 backhand raised | handrücken; ✋ hand stop high-five | hand stopp
👌 ok perfect | okay perfekt; 🤌 pinched fingers | finger italienisch
✌️ victory peace | sieg frieden; 🤞 fingers crossed luck | daumen drücken glück
🤟 love-you hand | handzeichen liebe; 🤙 call me shaka | anrufen
👈 left point | links zeigen; 👉 right point | rechts zeigen
👆 up point | oben zeigen; 👇 down point | unten zeigen
👍 thumbs up yes good like | daumen hoch ja gut super; 👎 thumbs down no bad | daumen runter nein schlecht
✊ fist raised | faust; 👏 clap applause bravo | klatschen applaus bravo
🙌 raised hands hooray | hurra hände hoch; 👐 open hands | offene hände
🤲 palms together | handflächen; 🤝 handshake deal agreement | handschlag abgemacht einig
🙏 pray please thanks thank | bitte danke beten; ✍️ writing hand | schreiben
💪 muscle strong flex | muskel stark kraft; 👀 eyes look | augen schauen
👁️ eye | auge; 🧠 brain | gehirn
🫶 heart hands | herz hände; 👂 ear listen | ohr hören
👃 nose | nase; 👶 baby | baby
🧒 child | kind; 👩 woman | frau
👨 man | mann; 👵 grandmother old | oma großmutter
👴 grandfather old | opa großvater; 🧑‍💻 technologist computer | computer entwickler
🧑‍🔧 mechanic repair | mechaniker reparatur; 🧑‍🍳 cook chef | koch köchin
🕵️ detective search | detektiv suchen; 👷 builder worker | bauarbeiter
🦸 superhero hero | held superheld; 🤷 shrug unknown | achselzucken keine ahnung
🤦 facepalm | hand kopf ärger; 🙋 raising hand question | melden frage
🙇 bow sorry apologise | verbeugen entschuldigung; 🏃 running fast | laufen rennen schnell
💃 dance dancing | tanzen; 👪 family | familie
❤️ heart red love | herz rot liebe; 🧡 orange heart | herz orange
💛 yellow heart | herz gelb; 💚 green heart | herz grün
💙 blue heart | herz blau; 💜 purple heart | herz lila
🖤 black heart | herz schwarz; 🤍 white heart | herz weiß
💔 broken heart | herz gebrochen; 💕 two hearts love | herzen liebe
💖 sparkling heart | herz funkelnd; 💯 hundred perfect | hundert volle perfekt
💢 anger | wut; 💥 boom collision | knall explosion
💫 dizzy star | stern schwindel; 💦 droplets sweat | tropfen
💨 dash wind fast | wind schnell; 💤 zzz sleep | schlaf
💬 speech bubble message | sprechblase nachricht; 💭 thought bubble | gedanke
🐶 dog | hund; 🐱 cat | katze
🐭 mouse | maus; 🐰 rabbit bunny | hase kaninchen
🦊 fox | fuchs; 🐻 bear | bär
🐼 panda | panda; 🐨 koala | koala
🦁 lion | löwe; 🐮 cow | kuh
🐷 pig | schwein; 🐸 frog | frosch
🐔 chicken | huhn; 🐧 penguin | pinguin
🐦 bird | vogel; 🦉 owl | eule
🐴 horse | pferd; 🦄 unicorn | einhorn
🐝 bee | biene; 🐛 bug caterpillar | käfer raupe fehler
🦋 butterfly | schmetterling; 🐌 snail slow | schnecke langsam
🐢 turtle slow | schildkröte langsam; 🐙 octopus | krake
🐟 fish | fisch; 🐬 dolphin | delfin
🐳 whale | wal; 🐾 paws | pfoten
🌱 seedling plant | keimling pflanze; 🌲 tree evergreen | baum tanne
🌳 tree | baum; 🌵 cactus | kaktus
🌿 herb leaf | kraut blatt; 🍀 clover luck | kleeblatt glück
🍁 maple autumn | ahorn herbst; 🍂 leaves fallen | laub herbst
🌸 blossom cherry | blüte kirsche; 🌹 rose | rose
🌻 sunflower | sonnenblume; 🌷 tulip | tulpe
💐 bouquet flowers | strauß blumen; 🌞 sun face | sonne gesicht
🌝 moon face | mond gesicht; ⭐ star | stern
🌟 glowing star | stern leuchtend; ✨ sparkles shiny | funkeln glanz neu
⚡ lightning fast | blitz schnell; 🔥 fire hot | feuer heiß
🌈 rainbow | regenbogen; ☀️ sunny | sonne sonnig
⛅ cloudy partly | wolkig; ☁️ cloud | wolke
🌧️ rain | regen; ⛈️ thunderstorm | gewitter
❄️ snowflake snow | schnee schneeflocke; ⛄ snowman | schneemann
🌊 wave sea | welle meer; 💧 droplet water | tropfen wasser
☂️ umbrella | regenschirm schirm; 🍎 apple | apfel
🍐 pear | birne; 🍊 orange tangerine | orange mandarine
🍋 lemon | zitrone; 🍌 banana | banane
🍉 watermelon | melone; 🍇 grapes | trauben
🍓 strawberry | erdbeere; 🍒 cherries | kirschen
🍑 peach | pfirsich; 🥑 avocado | avocado
🍅 tomato | tomate; 🥕 carrot | karotte möhre
🌽 corn | mais; 🥐 croissant | croissant
🍞 bread | brot; 🥨 pretzel | brezel
🧀 cheese | käse; 🍳 egg cooking | ei spiegelei
🍔 burger | burger; 🍟 fries | pommes
🍕 pizza | pizza; 🌭 hotdog sausage | wurst
🥗 salad | salat; 🍝 spaghetti pasta | nudeln
🍣 sushi | sushi; 🍦 ice cream | eis softeis
🍩 donut | donut; 🍪 cookie biscuit | keks
🎂 cake birthday | torte geburtstag kuchen; 🍰 cake piece | kuchen stück
🧁 cupcake | törtchen; 🍫 chocolate | schokolade
🍬 candy sweet | bonbon süß; 🍯 honey | honig
☕ coffee hot | kaffee heiß; 🍵 tea cup | tee tasse
🫖 teapot | teekanne kanne; 🥤 cup straw drink | becher getränk
🍺 beer | bier; 🍻 beers cheers | prost bier
🥂 champagne cheers toast | sekt anstoßen prost; 🍷 wine | wein
🍾 bottle champagne | flasche sekt; 🍽️ plate dinner | teller essen
🏠 house home | haus zuhause; 🏢 office building | büro gebäude
🏬 store department shop | kaufhaus laden; 🏪 shop convenience | laden geschäft
🏭 factory | fabrik; 🏥 hospital | krankenhaus
🏦 bank | bank; 🏨 hotel | hotel
🏖️ beach holiday | strand urlaub; 🏔️ mountain | berg
🌍 earth world europe | erde welt europa; 🗺️ map | karte landkarte
🚗 car | auto; 🚕 taxi | taxi
🚌 bus | bus; 🚚 truck delivery lorry | lieferwagen lkw lieferung
🚛 lorry articulated | lastwagen; 🚲 bike bicycle | fahrrad rad
🛵 scooter | roller; 🚂 train steam | zug lok
🚆 train | zug bahn; ✈️ plane airplane flight | flugzeug flug
🚀 rocket launch | rakete start; 🚢 ship | schiff
⚓ anchor | anker; 🚧 construction | baustelle
🚦 traffic light | ampel; ⛽ fuel petrol | tanken
⌚ watch | uhr armbanduhr; ⏰ alarm clock | wecker
⏳ hourglass waiting | sanduhr warten; ⌛ hourglass done | sanduhr abgelaufen
🕐 clock one | uhr eins; 📅 calendar date | kalender datum termin
📆 calendar tear-off | abreißkalender; 🎉 party tada celebrate congratulations | feier glückwunsch konfetti
🎊 confetti ball | konfetti; 🎈 balloon | luftballon
🎁 gift present | geschenk; 🎄 christmas tree | weihnachten weihnachtsbaum
🎃 pumpkin halloween | kürbis; 🐣 chick easter hatching | küken ostern
🏆 trophy winner | pokal sieger; 🥇 gold medal first | gold medaille erster
🏅 medal | medaille; ⚽ football soccer | fußball
🏀 basketball | basketball; 🎯 target bullseye | ziel treffer
🎮 game controller | spiel konsole; 🎲 dice game | würfel spiel
🧩 puzzle piece | puzzle; 🎨 art palette colour | kunst farbe
🎵 music note | musik note; 🎧 headphones | kopfhörer
🎤 microphone | mikrofon; 📷 camera photo | kamera foto
📹 video camera | video; 🎬 clapper film | film klappe
📱 phone mobile | handy telefon smartphone; ☎️ telephone call | telefon anrufen
📞 receiver phone call | hörer telefon; 💻 laptop computer | laptop rechner
🖥️ desktop monitor | bildschirm computer; 🖨️ printer | drucker
⌨️ keyboard | tastatur; 🖱️ mouse computer | maus
💾 disk save | diskette speichern; 💡 idea bulb light | idee lampe licht
🔦 torch flashlight | taschenlampe; 🔋 battery | batterie akku
🔌 plug | stecker; 📚 books | bücher
📖 book open | buch lesen; 📝 memo note write | notiz schreiben
✏️ pencil | bleistift stift; 🖊️ pen | kugelschreiber
📎 paperclip attachment | büroklammer anhang; 📌 pin pushpin | pinnnadel wichtig
📍 location pin place | ort standort; ✂️ scissors cut | schere
📐 ruler triangle | geodreieck; 📏 ruler measure size | lineal maß größe
🗑️ bin trash | mülleimer papierkorb; 📁 folder | ordner
📋 clipboard list | klemmbrett liste; 📈 chart up | diagramm steigt
📉 chart down | diagramm fällt; 📊 bar chart | diagramm balken
📧 email mail | e-mail mail; ✉️ envelope letter | umschlag brief
📨 incoming envelope | nachricht eingehend; 📦 package parcel box | paket karton päckchen
📫 mailbox | briefkasten; 📬 mailbox flag | briefkasten post
🏷️ label tag price | etikett preis; 🛒 cart trolley shopping | einkaufswagen warenkorb
🛍️ bags shopping | einkaufen tüten; 💰 money bag | geld
💶 euro money | euro geld; 💵 dollar money | dollar geld
💳 card credit payment | karte kreditkarte zahlung; 🧾 receipt invoice | beleg rechnung quittung
💎 gem diamond | edelstein diamant; 🔑 key | schlüssel
🔒 locked secure | schloss gesperrt sicher; 🔓 unlocked open | offen entsperrt
🔨 hammer | hammer; 🔧 wrench repair | schraubenschlüssel reparatur
🪛 screwdriver | schraubendreher; 🛠️ tools | werkzeug
⚙️ gear settings | zahnrad einstellungen; 🧰 toolbox | werkzeugkasten
🧲 magnet | magnet; 🧪 test tube | reagenzglas
🔍 search magnifier | lupe suche; 🔗 link chain | link kette
🔔 bell notification | glocke benachrichtigung; 🔕 bell off mute | glocke stumm
📣 megaphone announcement | megafon ankündigung; 🧵 thread sewing | faden nähen
🧶 yarn wool | wolle garn; 👕 shirt t-shirt | hemd t-shirt
👖 jeans trousers | jeans hose; 👗 dress | kleid
🧥 coat jacket | jacke mantel; 👟 shoe sneaker | schuh turnschuh
👠 heel shoe | schuh absatz; 🥾 boot hiking | stiefel wandern
🧦 socks | socken; 🧢 cap hat | mütze kappe
👜 handbag bag | handtasche tasche; 🎒 backpack | rucksack
👓 glasses | brille; 💍 ring | ring
💄 lipstick | lippenstift; 🧴 bottle lotion | flasche lotion
🧼 soap | seife; 🛋️ sofa couch | sofa
🛏️ bed | bett; 🪑 chair | stuhl
🚿 shower | dusche; 🕯️ candle | kerze
🪴 plant potted | topfpflanze pflanze; ✅ check done yes | haken erledigt ja fertig
☑️ checkbox | kästchen angekreuzt; ✔️ tick check | haken
❌ cross no wrong | kreuz nein falsch; ❎ cross button | kreuz
⚠️ warning careful | warnung achtung; 🚫 forbidden prohibited | verboten
⛔ no entry | einfahrt verboten; ❗ exclamation important | ausrufezeichen wichtig
❓ question | fragezeichen frage; ‼️ double exclamation | ausrufezeichen
ℹ️ information info | information hinweis; 🆗 ok button | okay
🆕 new button | neu; 🆓 free button | gratis kostenlos
🔝 top | oben spitze; 🔜 soon | bald
♻️ recycle | wiederverwerten recycling; 🔄 refresh exchange return | erneuern umtausch rückgabe
🔁 repeat | wiederholen; ➡️ arrow right | pfeil rechts
⬅️ arrow left | pfeil links; ⬆️ arrow up | pfeil oben
⬇️ arrow down | pfeil unten; ↩️ return back | zurück
➕ plus add | plus hinzufügen; ➖ minus | minus
🔴 red circle | kreis rot; 🟠 orange circle | kreis orange
🟡 yellow circle | kreis gelb; 🟢 green circle | kreis grün
🔵 blue circle | kreis blau; 🟣 purple circle | kreis lila
⚫ black circle | kreis schwarz; ⚪ white circle | kreis weiß
1️⃣ one keycap | eins; 2️⃣ two keycap | zwei
3️⃣ three keycap | drei; 4️⃣ four keycap | vier
5️⃣ five keycap | fünf; 🏁 finish flag | zielflagge fertig
🇩🇪 germany flag | deutschland flagge; 🇦🇹 austria flag | österreich flagge
🇨🇭 switzerland flag | schweiz flagge; 🇪🇺 europe flag | europa eu flagge
🇬🇧 britain uk flag | großbritannien flagge; 🇺🇸 usa america flag | amerika flagge
🇫🇷 france flag | frankreich flagge; 🇮🇹 italy flag | italien flagge
🇪🇸 spain flag | spanien flagge; 🇳🇱 netherlands flag | niederlande flagge
🇵🇱 poland flag | polen flagge; 🇺🇦 ukraine flag | ukraine flagge
`);
