//! How the usual systems call their columns: HubSpot, Salesforce, Pipedrive, Zoho, Dynamics, and spreadsheets kept by hand in
//! English, German, French and Spanish. All names are in letters and digits alone, as [`super::normal::letters`] makes them.

use super::{Table, Target};

type Names = &'static [(Target, &'static str)];

const DEALS: Names = &[
    (
        Target::Id,
        "id opportunityid dealid recordid opportunitynumber dealnumber externalid opportunity18digitid casesafeid \
         opportunityguid auftragsnummer numero",
    ),
    (
        Target::Name,
        "name dealname opportunityname dealtitle title opportunity deal topic potentialname opportunitytitle verkaufschance \
         geschaft bezeichnung titel affaire opportunite nomdelaffaire nombre negocio oportunidad nombredelnegocio",
    ),
    (
        Target::Account,
        "account accountname company companyname customer customername organization organizationname organisation \
         associatedcompany primaryassociatedcompany potentialcustomer client clientname buyer firma unternehmen kunde \
         kundenname entreprise societe compte nomducompte empresa cliente cuenta",
    ),
    (
        Target::Contact,
        "contact contactname contactperson primarycontact associatedcontact person personname ansprechpartner kontakt \
         interlocuteur contacto",
    ),
    (
        Target::Owner,
        "owner dealowner opportunityowner salesagent salesrep salesperson rep agent ownername assignedto seller \
         accountexecutive zustandig verkaufer besitzer inhaber proprietaire commercial vendeur propietario vendedor \
         responsable",
    ),
    (
        Target::Product,
        "product products productname productinterest item lineitem produkt artikel produit producto",
    ),
    (
        Target::Amount,
        "amount value dealvalue dealamount opportunityamount estrevenue estimatedrevenue estimatedvalue amountincompanycurrency \
         totalvalue contractvalue dealsize listprice betrag wert auftragswert umsatz montant valeur importe valor monto \
         expectedvalue acv tcv",
    ),
    (
        Target::ClosedAmount,
        "closevalue closedvalue closedamount closedamountinhomecurrency actualvalue actualrevenue closedwonamount wonamount",
    ),
    (
        Target::Currency,
        "currency currencycode currencyisocode opportunitycurrency amountcurrency valuecurrency wahrung devise moneda",
    ),
    (
        Target::Step,
        "stage dealstage stagename opportunitystage salesstage pipelinestage step phase salesphase pipelinephase \
         verkaufsphase stufe etape etapa fase",
    ),
    (
        Target::Outcome,
        "outcome status dealstatus state result statusreason ergebnis statut resultado estado resultat",
    ),
    (
        Target::Chance,
        "probability dealprobability winprobability chance wahrscheinlichkeit probabilite probabilidad",
    ),
    (
        Target::Created,
        "created createdate createddate createdon createdtime createdat creationdate dealcreated dateadded datecreated addtime \
         opendate erstellt erstelltam erstellungsdatum datedecreation fechadecreacion",
    ),
    (
        Target::Engaged,
        "engagedate engaged startdate startedon firstcontact firstcontactdate beginn datededebut fechadeinicio",
    ),
    (
        Target::Expected,
        "expectedclosedate expectedclose estimatedclosedate estclosedate expectedclosingdate closingdate forecastdate \
         erwartetesabschlussdatum abschlussdatum datedecloture datedefermetureprevue fechaprevistadecierre fechadecierre",
    ),
    (
        Target::Closed,
        "closedate closeddate closed closedon closedtime closedat actualclosedate wontime donetime endedon geschlossenam \
         abgeschlossenam",
    ),
    (Target::Kind, "type dealtype opportunitytype businesstype typ art tipo"),
    (Target::Segment, "segment marketsegment customersegment segmento marktsegment"),
    (Target::Industry, "industry sector vertical branche secteur industria"),
    (Target::Region, "region territory regionaloffice area gebiet territoire territorio"),
    (
        Target::Source,
        "source leadsource dealsource originalsource originalsourcetype quelle origine origen fuente",
    ),
    (
        Target::Competitor,
        "competitor competitors maincompetitor maincompetitors wettbewerber concurrent competidor competencia konkurrent",
    ),
    (
        Target::Reason,
        "reason lostreason lossreason closedlostreason closedwonreason closereason winlossreason reasonforloss \
         lossreasondetail grund verlustgrund raison motifdeperte raisondelaperte motivo motivodeperdida",
    ),
    (
        Target::NextStep,
        "nextstep nextsteps nextactivity nachsterschritt prochaineetape proximopaso siguientepaso",
    ),
    (
        Target::Note,
        "note notes description comment comments dealdescription beschreibung notiz notizen kommentar commentaire remarque \
         nota notas descripcion",
    ),
];

const ACCOUNTS: Names = &[
    (
        Target::Id,
        "id accountid companyid recordid organizationid accountnumber externalid accountguid kundennummer numero",
    ),
    (
        Target::Name,
        "name account accountname company companyname organization organizationname organisation customer customername client \
         firma unternehmen firmenname kunde entreprise societe nom empresa nombre cuenta",
    ),
    (
        Target::Owner,
        "owner accountowner companyowner organizationowner salesagent assignedto besitzer proprietaire propietario",
    ),
    (Target::Industry, "industry sector vertical branche secteur industria sectordeactividad"),
    (Target::Segment, "segment type accounttype marketsegment tier rating typ tipo"),
    (
        Target::Employees,
        "employees numberofemployees noofemployees numberemployees headcount companysize staff mitarbeiter mitarbeiterzahl \
         employes effectif nombredemployes empleados numerodeempleados",
    ),
    (
        Target::Revenue,
        "revenue annualrevenue sales turnover umsatz jahresumsatz chiffredaffaires ca ingresos facturacion ingresosanuales",
    ),
    (Target::Currency, "currency currencycode currencyisocode wahrung devise moneda"),
    (
        Target::Founded,
        "founded yearfounded yearestablished foundedyear yearstarted grundungsjahr gegrundet anneedecreation fundacion",
    ),
    (
        Target::Place,
        "place location officelocation city billingcity address address1city billingaddress country billingcountry headquarters \
         ort stadt land adresse ville pays ciudad pais",
    ),
    (Target::Region, "region state stateregion territory billingstate gebiet"),
    (
        Target::Parent,
        "parent parentaccount parentcompany subsidiaryof parentorganization ultimateparent muttergesellschaft konzern \
         societemere matriz empresamatriz",
    ),
    (
        Target::Website,
        "website websiteurl domain companydomainname url web homepage webseite siteweb sitioweb paginaweb",
    ),
    (Target::Phone, "phone phonenumber mainphone telephone telefon telefono"),
    (
        Target::Created,
        "created createdate createddate createdon createdtime createdat datecreated addtime erstellt erstelltam",
    ),
    (
        Target::Note,
        "note notes description comment comments beschreibung notizen commentaire notas descripcion",
    ),
];

const CONTACTS: Names = &[
    (Target::Id, "id contactid recordid personid externalid contactguid"),
    (
        Target::Name,
        "name fullname contactname contact person personname vollstandigername nomcomplet nombrecompleto",
    ),
    (Target::FirstName, "firstname givenname first forename vorname prenom nombre"),
    (
        Target::LastName,
        "lastname surname familyname last nachname familienname nom nomdefamille apellido apellidos",
    ),
    (
        Target::JobTitle,
        "title jobtitle position role funktion rolle fonction poste cargo puesto berufsbezeichnung",
    ),
    (
        Target::Email,
        "email emailaddress mail workemail emailwork emailaddress1 primaryemail businessemail emailadresse adresseemail \
         courriel correo correoelectronico",
    ),
    (
        Target::Phone,
        "phone phonenumber mobile mobilephone mobilephonenumber businessphone workphone phonework cell telephone telefon handy \
         mobil telefono movil",
    ),
    (
        Target::Account,
        "account accountname company companyname organization organizationname organisation associatedcompany \
         primaryassociatedcompany customer employer firma unternehmen entreprise societe compte empresa cuenta",
    ),
    (Target::Owner, "owner contactowner personowner assignedto besitzer proprietaire propietario"),
    (
        Target::Place,
        "city mailingcity location address address1city country mailingcountry ort stadt land ville pays ciudad pais",
    ),
    (
        Target::Created,
        "created createdate createddate createdon createdtime createdat datecreated addtime erstellt erstelltam",
    ),
    (
        Target::Note,
        "note notes description comment comments beschreibung notizen commentaire notas descripcion",
    ),
];

const HISTORY: Names = &[
    (
        Target::Deal,
        "dealid opportunityid deal opportunity recordid opportunityname dealname dealtitle parentid id",
    ),
    (
        Target::Step,
        "tostage stage stagename newvalue newstage dealstage step phase to neuephase nouvelleetape nuevaetapa",
    ),
    (
        Target::Entered,
        "entered enteredon enteredat date changedate changedat changedon timestamp time createddate createdon \
         lastmodified lastmodifieddate lastmodifiedtime editdate modifiedtime stagedate datum wann fecha quand",
    ),
    (Target::By, "by changedby createdby lastmodifiedby editedby modifiedby user von par por benutzer"),
    (Target::Amount, "amount value dealvalue betrag montant importe"),
    (Target::Note, "note notes comment comments"),
];

const PRODUCTS: Names = &[
    (Target::Id, "id productid productcode code sku artikelnummer reference referencia externalid recordid"),
    (
        Target::Name,
        "name product productname item title produkt artikel bezeichnung produit nom producto nombre",
    ),
    (
        Target::Family,
        "family productfamily series category productcategory type line group familie kategorie famille gamme familia",
    ),
    (
        Target::Price,
        "price salesprice listprice unitprice standardprice amount preis listenpreis prix precio",
    ),
    (Target::Currency, "currency currencycode currencyisocode wahrung devise moneda"),
    (Target::Note, "note notes description productdescription beschreibung descripcion"),
];

const SELLERS: Names = &[
    (Target::Id, "id userid ownerid employeeid recordid"),
    (
        Target::Name,
        "name salesagent salesrep salesperson rep seller owner agent user username fullname verkaufer vendeur vendedor",
    ),
    (Target::Email, "email emailaddress mail"),
    (
        Target::Manager,
        "manager salesmanager managername reportsto teamlead supervisor vorgesetzter responsable",
    ),
    (Target::Region, "region regionaloffice office team territory area gebiet equipe equipo"),
    (Target::JobTitle, "title jobtitle role position funktion"),
];

fn names(table: Table) -> Names {
    match table {
        Table::Deals => DEALS,
        Table::Accounts => ACCOUNTS,
        Table::Contacts => CONTACTS,
        Table::History => HISTORY,
        Table::Products => PRODUCTS,
        Table::Sellers => SELLERS,
    }
}

/// What a column with this name means.
pub(super) fn target(table: Table, name: &str) -> Option<Target> {
    let has = |all: &str| all.split(' ').any(|it| it == name);
    names(table).iter().find(|(_, all)| has(all)).map(|(target, _)| *target)
}

/// A name without the kind of row in front of it.
pub(super) fn without_kind(table: Table, name: &str) -> &str {
    let kinds: &[&str] = match table {
        Table::Deals => &["opportunity", "deal", "potential"],
        Table::Accounts => &["account", "company", "organization"],
        Table::Contacts => &["contact", "person"],
        Table::History => &["opportunity", "deal", "stage"],
        Table::Products => &["product"],
        Table::Sellers => &["sales", "user"],
    };
    kinds.iter().find_map(|kind| name.strip_prefix(kind)).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{normal::letters, suggest, suggest_table};

    #[test]
    fn every_name_is_in_its_plain_form_and_means_one_thing() {
        for table in Table::ALL {
            let mut seen: Vec<&str> = Vec::new();
            for (target, all) in names(table) {
                assert!(table.targets().contains(target), "{table:?} has no {target:?}");
                for name in all.split(' ') {
                    assert_eq!(letters(name), name, "{table:?}");
                    assert!(!seen.contains(&name), "{name} twice in {table:?}");
                    seen.push(name);
                }
            }
        }
    }

    #[track_caller]
    fn check(header: &str, table: Table, wanted: &[Option<Target>]) {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        assert_eq!(suggest_table(&header), table);
        assert_eq!(suggest(table, &header, &[]).columns, wanted);
    }

    #[test]
    fn columns_of_usual_systems_are_known() {
        use Target::*;
        let some = |all: &[Target]| all.iter().copied().map(Some).collect::<Vec<_>>();
        let hubspot = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Company";
        check(hubspot, Table::Deals, &some(&[Id, Name, Step, Closed, Owner, Amount, Account]));
        let salesforce = "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Probability (%),Close Date,Created Date,\
            Lead Source,Opportunity Owner,Type,Next Step";
        let wanted =
            [Id, Name, Account, Step, Amount, Chance, Closed, Created, Source, Owner, Kind, NextStep];
        check(salesforce, Table::Deals, &some(&wanted));
        let pipedrive = "Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,\
            Deal - Owner,Deal - Deal created,Deal - Expected close date,Deal - Lost reason";
        let wanted = [Id, Name, Account, Amount, Currency, Step, Outcome, Owner, Created, Expected, Reason];
        check(pipedrive, Table::Deals, &some(&wanted));
        let dynamics =
            "Topic,Potential Customer,Est. close date,Est. revenue,Contact,Probability,Status Reason";
        check(dynamics, Table::Deals, &some(&[Name, Account, Expected, Amount, Contact, Chance, Outcome]));
        let zoho = "Deal Name,Account Name,Stage,Closing Date,Amount,Deal Owner,Reason For Loss";
        check(zoho, Table::Deals, &some(&[Name, Account, Step, Expected, Amount, Owner, Reason]));
        let by_hand = "Firma,Verkaufsphase,Auftragswert,Währung,Abschlussdatum,Verkäufer,Lieblingsfarbe";
        let wanted =
            [Some(Account), Some(Step), Some(Amount), Some(Currency), Some(Expected), Some(Owner), None];
        check(by_hand, Table::Deals, &wanted);
        let people = "First Name,Last Name,Job Title,Email,Phone Number,Company Name";
        check(people, Table::Contacts, &some(&[FirstName, LastName, JobTitle, Email, Phone, Account]));
        let companies =
            "Company name,Industry,Number of employees,Annual revenue,City,Parent company,Website URL";
        check(
            companies,
            Table::Accounts,
            &some(&[Name, Industry, Employees, Revenue, Place, Parent, Website]),
        );
        let history = "Opportunity Name,To Stage,Last Modified,Last Modified By";
        check(history, Table::History, &some(&[Deal, Step, Entered, By]));
    }
}
