"""Words that are compounds, with the parts they must have, and words that only look so: judged by eye."""

from __future__ import annotations

COMPOUNDS = """
    Städtepartnerschaft=Stadt,Partnerschaft Stadtentwicklung=Stadt,Entwicklung
    Energieeffizienz=Energie,Effizienz Abfallwirtschaft=Abfall,Wirtschaft
    Wasserversorgung=Wasser,Versorgung Abwasserentsorgung=Abwasser,Entsorgung Fernwärmenetz=Fernwärme,Netz
    Wärmedämmung=Wärme,Dämmung Jugendaustausch=Jugend,Austausch Schüleraustausch=Schüler,Austausch
    Hochschulbildung=Hochschule,Bildung Berufsausbildung=Beruf,Ausbildung
    Erinnerungskultur=Erinnerung,Kultur Gedenkstättenarbeit=Gedenkstätte,Arbeit
    Kriegsgräberfürsorge=Grab,Fürsorge Zeitzeugengespräch=Gespräch Kommunalverwaltung=Verwaltung
    Stadtverwaltung=Stadt,Verwaltung Bürgerbeteiligung=Bürger,Beteiligung
    Haushaltsplanung=Haushalt,Planung Verkehrsplanung=Verkehr,Planung Nahverkehr=Verkehr
    Straßenbahn=Straße,Bahn Radverkehrskonzept=Konzept Bürgermeisteramt=Bürgermeister,Amt
    Bürgerinitiative=Bürger,Initiative Gesundheitswesen=Gesundheit,Wesen
    Krankenhausverwaltung=Krankenhaus,Verwaltung Altenpflege=Pflege Kindergartenplatz=Kindergarten,Platz
    Umweltschutz=Umwelt,Schutz Klimaschutzkonzept=Konzept Naturschutzgebiet=Gebiet
    Luftqualität=Luft,Qualität Solarenergie=Energie Windkraftanlage=Anlage Kraftwerksbetreiber=Betreiber
    Stromerzeugung=Strom,Erzeugung Gebäudesanierung=Gebäude,Sanierung
    Wohnungswirtschaft=Wohnung,Wirtschaft Mieterverein=Mieter,Verein Denkmalschutz=Denkmal,Schutz
    Altstadtsanierung=Altstadt,Sanierung Wirtschaftsförderung=Wirtschaft,Förderung
    Handelskammer=Handel,Kammer Mittelstandsförderung=Mittelstand,Förderung Messegelände=Messe,Gelände
    Arbeitsgruppe=Arbeit,Gruppe Arbeitsgruppensitzung=Sitzung Konferenzteilnehmer=Konferenz,Teilnehmer
    Tagungsort=Tagung,Ort Podiumsdiskussion=Podium,Diskussion Abschlusserklärung=Abschluss,Erklärung
    Zusammenarbeitsvertrag=Vertrag Kooperationsabkommen=Kooperation,Abkommen
    Partnerschaftsvertrag=Partnerschaft,Vertrag Sprachunterricht=Sprache,Unterricht
    Deutschunterricht=Unterricht Fremdsprachenkenntnisse=Fremdsprache,Kenntnis
    Lehrerfortbildung=Lehrer,Fortbildung Bibliotheksleiter=Bibliothek,Leiter Museumsarbeit=Museum,Arbeit
    Theaterprojekt=Theater,Projekt Kulturaustausch=Kultur,Austausch Musikschule=Musik,Schule
    Sportverein=Sport,Verein Ferienlager=Ferien,Lager Freiwilligendienst=Dienst Vereinsrecht=Verein,Recht
    Stiftungsrat=Stiftung,Rat Gemeinderat=Gemeinde,Rat Stadtratssitzung=Sitzung Ratsmitglied=Mitglied
    Landesregierung=Land,Regierung Bundesregierung=Bund,Regierung Außenministerium=Ministerium
    Botschaftsgebäude=Botschaft,Gebäude Flüchtlingshilfe=Flüchtling,Hilfe
    Integrationskurs=Integration,Kurs Behindertenhilfe=Hilfe Suchtberatung=Sucht,Beratung
    Katastrophenschutz=Katastrophe,Schutz Feuerwehr=Feuer Feuerwehrhaus=Feuerwehr,Haus
    Hochwasserschutz=Hochwasser,Schutz Trinkwasserqualität=Trinkwasser,Qualität Mülltrennung=Müll,Trennung
    Recyclinghof=Hof Bauleitplanung=Planung Bebauungsplan=Bebauung,Plan Flächennutzungsplan=Plan
    Grundstücksmarkt=Grundstück,Markt Einkaufszentrum=Zentrum Fußgängerzone=Fußgänger,Zone
    Brückenbau=Brücke,Bau Schienenfahrzeug=Schiene,Fahrzeug Flughafen=Hafen
    Hafenwirtschaft=Hafen,Wirtschaft Ostwestgesellschaft=Ost,West,Gesellschaft Südafrika=Süd
    Nordseeküste=Küste Westeuropa=Europa Friedensarbeit=Frieden,Arbeit Versöhnungsarbeit=Versöhnung,Arbeit
    Soldatenfriedhof=Soldat,Friedhof Zwangsarbeiter=Zwang,Arbeiter Veteranenverband=Veteran,Verband
"""

WHOLE = """
    Gesellschaft Partnerschaft Vertrag Unterricht Information Universität Deutschland Krasnodar
    Architektur Interesse Teilnehmer Verantwortung Nachhaltigkeit Präsentation Apparat Beratung Verwaltung
    Gemeinde Gemeinschaft Entscheidung Entwicklung Bewegung Erfahrung Veranstaltung Vereinbarung
    Zusammenarbeit Gelegenheit Angelegenheit Möglichkeit Wirklichkeit Öffentlichkeit Persönlichkeit
    Bürgerschaft Mannschaft Landschaft Wirtschaft Botschaft Eigenschaft Wissenschaft Herausforderung
    Organisation Delegation Kooperation Integration Demonstration Generation Regierung Ministerium
    Sekretariat Parlament Dokument Instrument Experiment Fundament Temperament Reglement Konzert
    Diskussion Kommission Konferenz Referent Präsident Minister Magister Semester Orchester Register
    Kalender Professor Investor Direktor Sponsoren Museum Zentrum Publikum Gymnasium Stipendium Medaille
    Kapitel Material Personal General Kriminalität Qualität Elektrizität Aktivität Identität Solidarität
    Charakter Wolgograd Jekaterinburg Petersburg Hamburg Düsseldorf Frankfurt Österreich Frankreich
    Lieferant Praktikant Demokratie Industrie Kategorie Strategie Programm Problematik Thematik Statistik
    Informatik Politik Reparatur Temperatur Literatur Natur Kultur Erholung Bevölkerung Begeisterung
    Erwartung Unterstützung Untersuchung Überraschung Ausstellung Darstellung Vorstellung Einstellung
    Verantwortlichkeit Alternative Perspektive Initiative Direktive Offensive Kollektiv Leitung Bildung
    Sitzung Ergebnisse Erlebnis Bedürfnis Verhältnis Geheimnis Zeugnis Verständnis Assistenten Patienten
    Studenten Konkurrenz Transparenz Existenz Intelligenz Konsequenz Stolperstein Deutschlands
    Teilnehmerinnen Beschreibung Moderation Handlungen Version Versionen Applikationen Support Marketing
    Technische Gemeinsame Identische Hierarchie Argentina Dienstag Übereinstimmung Deutscher Durchführung
    Vorhersage Wiesbaden Artefakt Katastrophe Transport
    Transporte Verbrauch
"""
