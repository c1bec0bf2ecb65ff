/** What a data centre declares of its building: where its energy comes from and where its heat goes. */
import { z } from "zod";

const renewableSources = ["hydro", "wind", "solar", "geothermal", "biomass"] as const;
const otherSources = ["nuclear", "gas", "coal", "grid"] as const;

const share = z.number().min(0, "must be a share from 0 to 1").max(1, "must be a share from 0 to 1");
const positive = z.number().positive("must be more than 0");
const limit = z.number().min(0, "must not be negative");

export const facilitySchema = z.strictObject({
  /** Installed power of the information technology, in kW. */
  itPower: positive,
  /** In m². */
  floor: z.strictObject({ total: positive, computerRooms: positive }),
  energy: z
    .array(z.strictObject({ source: z.enum([...renewableSources, ...otherSources]), share }))
    .refine((all) => Math.abs(all.reduce((sum, one) => sum + one.share, 0) - 1) < 1e-9, "the shares must add up to 1"),
  /** Who takes the heat, and which share of all energy goes there at least. Left out: the heat is given to the air. */
  heat: z.strictObject({ recipient: z.string().min(1), reused: share }).optional(),
  /** `free`: by the climate alone; `mixed`: compressors on warm days; `mechanical`: compressors. */
  cooling: z.enum(["free", "mixed", "mechanical"]),
  /** What may not be exceeded: PUE, WUE in l/kWh, CUE in kg/kWh. */
  limits: z.strictObject({ pue: z.number().min(1, "must be at least 1"), wue: limit, cue: limit }),
});

export type FacilityDeclaration = z.output<typeof facilitySchema>;

/** The share of energy from renewable sources. */
export const renewableShare = ({ energy }: Pick<FacilityDeclaration, "energy">): number =>
  energy
    .filter(({ source }) => (renewableSources as readonly string[]).includes(source))
    .reduce((sum, { share }) => sum + share, 0);
